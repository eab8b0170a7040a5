import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans } from '@lingui/react/macro';
import { Link } from 'react-router';
import { graphql } from '../../gql/index.ts';
import { genrePath } from '../../routing/paths.ts';
import { useGenreWords } from '../../texts/useGenreWords.ts';
import { useFormats } from '../../texts/useFormats.ts';
import pages from '../layout/pages.module.css';
import styles from './Compare.module.css';

export const ComparedGenreFragment = graphql(/* GraphQL */ `
  fragment ComparedGenre on GenreComparison {
    genre {
      name
    }
    ratingCount
    otherRatingCount
    averageRating
    otherAverageRating
  }
`);

interface ComparedGenresProps {
  /** The most rated first. */
  genres: readonly ResultOf<typeof ComparedGenreFragment>[];
  names: readonly [string, string];
}

const GENRES_SHOWN = 10;

/** Compares what two people watch, genre by genre: how many films of each, and the stars given on average. */
export function ComparedGenres({ genres, names: [one, other] }: ComparedGenresProps) {
  const { genreName } = useGenreWords();
  if (genres.length === 0) return null;
  return (
    <section className={pages.section} aria-labelledby="genres">
      <h2 id="genres">
        <Trans>Genre by genre</Trans>
      </h2>
      {/* What scrolls must be reachable by keys. */}
      <div className={styles.scroll} role="group" aria-labelledby="genres" tabIndex={0}>
        <table className={styles.genres}>
          <thead>
            <tr>
              <th scope="col">
                <Trans>Genre</Trans>
              </th>
              <th scope="col">{one}</th>
              <th scope="col">{other}</th>
            </tr>
          </thead>
          <tbody>
            {genres.slice(0, GENRES_SHOWN).map((share) => (
              <tr key={share.genre.name}>
                <th scope="row">
                  <Link to={genrePath(share.genre.name)}>{genreName(share.genre.name)}</Link>
                </th>
                <Given count={share.ratingCount} mean={share.averageRating} />
                <Given count={share.otherRatingCount} mean={share.otherAverageRating} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Given({ count, mean }: { count: number; mean: number | null }) {
  const { formatCount, formatMean } = useFormats();
  if (mean === null) return <td>–</td>;
  const [films, stars] = [formatCount(count), formatMean(mean)];
  return (
    <td>
      <Trans>
        {films} rated, {stars} on average
      </Trans>
    </td>
  );
}
