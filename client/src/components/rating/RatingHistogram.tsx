import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ResultOf } from '@graphql-typed-document-node/core';
import { graphql } from '../../gql/index.ts';
import { useFormats } from '../../texts/useFormats.ts';
import styles from './RatingHistogram.module.css';

export const RatingHistogramFragment = graphql(/* GraphQL */ `
  fragment RatingHistogram on RatingBucket {
    rating
    count
  }
`);

type RatingBucket = ResultOf<typeof RatingHistogramFragment>;

interface RatingHistogramProps {
  /** Any order, empty steps may be missing. */
  buckets: readonly RatingBucket[];
}

const STEPS = Array.from({ length: 10 }, (_, index) => (index + 1) / 2);

/** Draws the number of ratings at each of the ten half-star steps; text names each bar's step and count. */
export function RatingHistogram({ buckets }: RatingHistogramProps) {
  const { t } = useLingui();
  const { formatCount, formatStars } = useFormats();
  const countOf = new Map(buckets.map(({ rating, count }) => [rating, count]));
  const counts = STEPS.map((rating) => countOf.get(rating) ?? 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const most = Math.max(1, ...counts);
  if (total === 0)
    return (
      <p className={styles.empty}>
        <Trans>Nobody has rated this film yet.</Trans>
      </p>
    );
  return (
    <figure className={styles.figure}>
      <ol className={styles.bars}>
        {STEPS.map((rating, index) => {
          const count = counts[index] ?? 0;
          return (
            <li
              key={rating}
              className={styles.column}
              title={t`${formatStars(rating)} of 5 stars: ${formatCount(count)}`}
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
                <Plural value={rating} one="# star" other="# stars" />:{' '}
                <Plural value={count} one="# rating" other="# ratings" />
              </span>
            </li>
          );
        })}
      </ol>
      <figcaption className={styles.caption}>
        <Plural value={total} one="# rating, in half stars" other="# ratings, in half stars" />
      </figcaption>
    </figure>
  );
}
