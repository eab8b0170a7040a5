import type { ResultOf } from '@graphql-typed-document-node/core';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { formatMean, formatNumbered } from '../text/format.ts';
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

export type GenreShare = ResultOf<typeof GenreProfileFragment>;

export interface GenreProfileProps {
  /** Drawn most watched first, whatever their order here. */
  shares: readonly GenreShare[];
  limit?: number;
}

/** What someone watches: a bar per genre by number of ratings, with the mean they gave. */
export function GenreProfile({ shares, limit = 8 }: GenreProfileProps) {
  const shown = [...shares].sort((one, other) => other.ratingCount - one.ratingCount).slice(0, limit);
  const most = Math.max(1, ...shown.map(({ ratingCount }) => ratingCount));
  return (
    <ol className={styles.profile}>
      {shown.map(({ genre, ratingCount, averageRating }) => (
        <li key={genre.name} className={styles.genre}>
          <Link className={styles.name} to={genrePath(genre.name)}>
            {genre.name}
          </Link>
          <span className={styles.track} aria-hidden="true">
            <span className={styles.bar} style={{ '--width': `${(100 * ratingCount) / most}%` }} />
          </span>
          <span className={styles.figures}>
            {formatNumbered(ratingCount, 'film')} <span aria-hidden="true">·</span>{' '}
            <span className={styles.mean}>
              <span aria-hidden="true">★ </span>
              <span className="visually-hidden">rated </span>
              {formatMean(averageRating)}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
