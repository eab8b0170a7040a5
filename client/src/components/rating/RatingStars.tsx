import { Plural, Trans } from '@lingui/react/macro';
import { useFormats } from '../../texts/useFormats.ts';
import styles from './RatingStars.module.css';
import { VisuallyHidden } from '../text/VisuallyHidden.tsx';

interface RatingStarsProps {
  /** 0 to 5; null without ratings. */
  value: number | null | undefined;
  /** The number of ratings that the value averages; left out for a single person's rating. */
  ratingCount?: number;
  size?: 'small' | 'medium';
}

/** A rating to read: five stars filled as far as it goes, with the number beside them. */
export function RatingStars({ value, ratingCount, size = 'medium' }: RatingStarsProps) {
  const { formatMean, formatStars } = useFormats();
  if (value === null || value === undefined)
    return (
      <span className={styles.unrated}>
        <Trans>Not yet rated</Trans>
      </span>
    );
  const shown = ratingCount === undefined ? formatStars(value) : formatMean(value);
  return (
    <span className={styles.display} data-size={size}>
      <span className={styles.stars} style={{ '--filled': `${value * 20}%` }} aria-hidden="true" />
      <span className={styles.number}>
        {shown}
        <VisuallyHidden>
          {' '}
          <Trans>out of 5 stars</Trans>
        </VisuallyHidden>
      </span>
      {ratingCount !== undefined && (
        <span className={styles.count}>
          <Plural value={ratingCount} one="# rating" other="# ratings" />
        </span>
      )}
    </span>
  );
}
