import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '../../texts/useFormats.ts';
import { Button } from '../controls/Button.tsx';
import styles from './LoadMore.module.css';

interface LoadMoreProps {
  shown: number;
  total?: number;
  hasNextPage: boolean;
  loading?: boolean;
  onLoadMore: () => void;
  /** The listed things, in the plural. */
  noun?: string;
}

/** Shows the length of a list, and the button for more. */
export function LoadMore({ shown, total, hasNextPage, loading = false, onLoadMore, noun }: LoadMoreProps) {
  const { t } = useLingui();
  const { formatCount } = useFormats();
  const things = noun ?? t`films`;
  const count = formatCount(shown);
  return (
    <div className={styles.more}>
      <p className={styles.count} role="status">
        {loading ? (
          <Trans>Loading more {things}…</Trans>
        ) : total === undefined ? (
          `${count} ${things}`
        ) : (
          <Trans>
            {count} of {formatCount(total)} {things}
          </Trans>
        )}
      </p>
      {hasNextPage && (
        <Button onClick={loading ? undefined : onLoadMore} aria-disabled={loading}>
          <Trans>Show more {things}</Trans>
        </Button>
      )}
    </div>
  );
}
