import type { ResultOf } from '@graphql-typed-document-node/core';
import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { Link } from 'react-router';
import { Poster } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { moviePath } from '../../routing/paths.ts';
import { useFormats } from '../../texts/useFormats.ts';
import pages from '../layout/pages.module.css';
import styles from './Compare.module.css';

export const RatingPairFragment = graphql(/* GraphQL */ `
  fragment RatingPair on RatingPair {
    rating
    otherRating
    movie {
      ...MovieCard
    }
  }
`);

interface RatingPairsProps {
  title: string;
  /** Stands in place of an empty list. */
  empty: string;
  pairs: readonly ResultOf<typeof RatingPairFragment>[];
  names: readonly [string, string];
}

/** Films that two people have rated, with the stars of each. */
export function RatingPairs({ title, empty, pairs, names }: RatingPairsProps) {
  const { t } = useLingui();
  const { formatStars } = useFormats();
  const id = useId();
  const [one, other] = names;
  return (
    <section className={pages.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {pairs.length === 0 ? (
        <p className={styles.soft}>{empty}</p>
      ) : (
        <ul className={styles.films} aria-labelledby={id}>
          {pairs.map(({ movie, rating, otherRating }) => (
            <li key={movie.movieId}>
              <Link className={styles.film} to={moviePath(movie.movieId)}>
                <span className={styles.poster}>
                  <Poster
                    title={movie.title}
                    year={movie.releaseYear}
                    genres={movie.genres.map(({ name }) => name)}
                    posterUrl={movie.posterUrl}
                    decorative
                  />
                </span>
                <span className={styles.filmWords}>
                  <strong>{movie.title}</strong>
                  <span className={styles.soft}>{t`${one}: ${formatStars(rating)} of 5 stars`}</span>
                  <span className={styles.soft}>{t`${other}: ${formatStars(otherRating)} of 5 stars`}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
