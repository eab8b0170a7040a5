import { Trans, useLingui } from '@lingui/react/macro';
import { Bookmark } from 'lucide-react';
import type { Marks } from '../session/marks.ts';
import { useFormats } from '../texts/useFormats.ts';
import styles from './CardControls.module.css';

/** Says in the poster's corner what the film is to the visitor: the own rating, else how well it fits. */
export function MarkPill({ marks }: { marks: Marks | undefined }) {
  const { t } = useLingui();
  const { formatPercent, formatStars } = useFormats();
  if (!marks) return null;
  const { rating, prediction, isOnWatchlist } = marks;
  if (rating === null && prediction === null && !isOnWatchlist) return null;
  return (
    <div className={styles.onPoster}>
      <p className={styles.pill} data-rated={rating !== null}>
        {isOnWatchlist && (
          <>
            <Bookmark size={12} fill="currentcolor" aria-hidden="true" />
            <span className="visually-hidden">{t`On your watchlist`}</span>
          </>
        )}
        {rating !== null ? (
          <Trans>
            You: {formatStars(rating)}
            <span className="visually-hidden"> of 5 stars</span>
          </Trans>
        ) : (
          prediction !== null && <Trans>{formatPercent(prediction)} match</Trans>
        )}
      </p>
    </div>
  );
}
