import { Trans, useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import styles from './Toasts.module.css';
import { toasts, useToasts, type Toast } from './toasts.ts';

const SHOWN_MS = 6_000;
/** Longer, to find the button in. */
const UNDO_MS = 12_000;

/** The toasts, at the lower edge of the window: read out as they come, and gone after a while that attention stops. */
export function Toasts() {
  const shown = useToasts();
  const { t } = useLingui();
  return (
    <section className={styles.region} aria-label={t`Notices`}>
      <div role="status" className={styles.list}>
        {shown.filter(({ isProblem }) => !isProblem).map(bar)}
      </div>
      <div role="alert" className={styles.list}>
        {shown.filter(({ isProblem }) => isProblem).map(bar)}
      </div>
    </section>
  );
}

const bar = (toast: Toast) => <Bar key={toast.id} toast={toast} />;

function Bar({ toast: { id, text, undo, isProblem } }: { toast: Toast }) {
  const [attended, setAttended] = useState(false);
  const shownMs = isProblem ? null : undo ? UNDO_MS : SHOWN_MS;
  useEffect(() => {
    if (attended || shownMs === null) return;
    const timer = window.setTimeout(() => toasts.close(id), shownMs);
    return () => window.clearTimeout(timer);
  }, [attended, shownMs, id]);
  return (
    <div
      className={styles.toast}
      data-problem={isProblem}
      onPointerEnter={() => setAttended(true)}
      onPointerLeave={() => setAttended(false)}
      onFocus={() => setAttended(true)}
      onBlur={() => setAttended(false)}
    >
      <p className={styles.text}>{text}</p>
      {undo && (
        <button
          type="button"
          className={styles.undo}
          onClick={() => {
            toasts.close(id);
            undo();
          }}
        >
          <Trans>Undo</Trans>
        </button>
      )}
      <button type="button" className={styles.close} onClick={() => toasts.close(id)}>
        <X size={18} aria-hidden="true" />
        <span className="visually-hidden">
          <Trans>Close notice</Trans>
        </span>
      </button>
    </div>
  );
}
