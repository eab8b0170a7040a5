import { Button } from '../controls/Button.tsx';
import { formatCount } from '../text/format.ts';
import styles from './LoadMore.module.css';

export interface LoadMoreProps {
  shown: number;
  total?: number;
  hasNextPage: boolean;
  loading?: boolean;
  onLoadMore: () => void;
  /** What is listed, in the plural. */
  noun?: string;
}

/** How much of a list is shown, and the button for more. */
export function LoadMore({
  shown,
  total,
  hasNextPage,
  loading = false,
  onLoadMore,
  noun = 'films',
}: LoadMoreProps) {
  return (
    <div className={styles.more}>
      <p className={styles.count} role="status">
        {loading
          ? `Loading more ${noun}…`
          : total === undefined
            ? `${formatCount(shown)} ${noun}`
            : `${formatCount(shown)} of ${formatCount(total)} ${noun}`}
      </p>
      {hasNextPage && (
        <Button onClick={loading ? undefined : onLoadMore} aria-disabled={loading}>
          Show more {noun}
        </Button>
      )}
    </div>
  );
}
