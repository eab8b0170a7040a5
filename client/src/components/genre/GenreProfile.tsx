import type { ResultOf } from '@graphql-typed-document-node/core';
import { Plural, Trans } from '@lingui/react/macro';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { useFormats } from '../../texts/useFormats.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import styles from './GenreProfile.module.css';
import { genrePath } from '../../routing/paths.ts';

export const GenreProfileFragment = graphql(/* GraphQL */ `
  fragment GenreProfile on GenreShare {
    genre {
      name
    }
    ratingCount
    averageRating
  }
`);

type GenreShare = ResultOf<typeof GenreProfileFragment>;

interface GenreProfileProps {
  /** In any order; drawn with the most ratings first. */
  shares: readonly GenreShare[];
  limit?: number;
}

/** Draws a bar per genre by a user's number of ratings, with their mean rating. */
export function GenreProfile({ shares, limit = 8 }: GenreProfileProps) {
  const { formatMean } = useFormats();
  const { genreName } = useGenreWords();
  const shown = [...shares].sort((one, other) => other.ratingCount - one.ratingCount).slice(0, limit);
  const most = Math.max(1, ...shown.map(({ ratingCount }) => ratingCount));
  return (
    <ol className={styles.profile}>
      {shown.map(({ genre, ratingCount, averageRating }) => (
        <li key={genre.name} className={styles.genre}>
          <Link className={styles.name} to={genrePath(genre.name)}>
            {genreName(genre.name)}
          </Link>
          <span className={styles.track} aria-hidden="true">
            <span className={styles.bar} style={{ '--width': `${(100 * ratingCount) / most}%` }} />
          </span>
          <span className={styles.figures}>
            <Plural value={ratingCount} one="# film" other="# films" /> <span aria-hidden="true">·</span>{' '}
            <span className={styles.mean}>
              <Trans>mean {formatMean(averageRating)}</Trans>
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
