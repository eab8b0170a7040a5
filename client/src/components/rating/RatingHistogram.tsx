import type { ResultOf } from '@graphql-typed-document-node/core';
import { graphql } from '../../gql/index.ts';
import { formatCount, formatNumbered, formatStars } from '../text/format.ts';
import styles from './RatingHistogram.module.css';

export const RatingHistogramFragment = graphql(/* GraphQL */ `
  fragment RatingHistogram on RatingBucket {
    rating
    count
  }
`);

export type RatingBucket = ResultOf<typeof RatingHistogramFragment>;

export interface RatingHistogramProps {
  /** Any order, empty steps may be missing. */
  buckets: readonly RatingBucket[];
}

const STEPS = Array.from({ length: 10 }, (_, index) => (index + 1) / 2);

/** How the ratings spread over the ten half-star steps; each bar is named by its step and count in text. */
export function RatingHistogram({ buckets }: RatingHistogramProps) {
  const countOf = new Map(buckets.map(({ rating, count }) => [rating, count]));
  const counts = STEPS.map((rating) => countOf.get(rating) ?? 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const most = Math.max(1, ...counts);
  if (total === 0) return <p className={styles.empty}>Nobody has rated this film yet.</p>;
  return (
    <figure className={styles.figure}>
      <ol className={styles.bars}>
        {STEPS.map((rating, index) => {
          const count = counts[index] ?? 0;
          return (
            <li
              key={rating}
              className={styles.column}
              title={`${formatStars(rating)} stars: ${formatCount(count)}`}
            >
              <span
                className={styles.bar}
                style={{ '--height': `${(100 * count) / most}%` }}
                aria-hidden="true"
              />
              <span className={styles.step} aria-hidden="true">
                {Number.isInteger(rating) ? rating : ''}
              </span>
              <span className="visually-hidden">
                {formatNumbered(rating, 'star')}: {formatNumbered(count, 'rating')}
              </span>
            </li>
          );
        })}
      </ol>
      <figcaption className={styles.caption}>{formatNumbered(total, 'rating')}, in half stars</figcaption>
    </figure>
  );
}
