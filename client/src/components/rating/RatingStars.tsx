import { formatMean, formatNumbered, formatStars } from '../text/format.ts';
import styles from './RatingStars.module.css';
import { VisuallyHidden } from '../text/VisuallyHidden.tsx';

export interface RatingStarsProps {
  /** 0 to 5; null where nobody has rated. */
  value: number | null | undefined;
  /** How many ratings the value averages; a single person's rating leaves it out. */
  ratingCount?: number;
  size?: 'small' | 'medium';
}

/** A rating to read: five stars filled as far as it goes, with the number beside them. */
export function RatingStars({ value, ratingCount, size = 'medium' }: RatingStarsProps) {
  if (value === null || value === undefined) return <span className={styles.unrated}>Not yet rated</span>;
  const shown = ratingCount === undefined ? formatStars(value) : formatMean(value);
  return (
    <span className={styles.display} data-size={size}>
      <span className={styles.stars} style={{ '--filled': `${value * 20}%` }} aria-hidden="true" />
      <span className={styles.number}>
        {shown}
        <VisuallyHidden> out of 5 stars</VisuallyHidden>
      </span>
      {ratingCount !== undefined && (
        <span className={styles.count}>{formatNumbered(ratingCount, 'rating')}</span>
      )}
    </span>
  );
}
