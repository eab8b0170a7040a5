import { useEffect, useId, type ReactNode, type RefObject } from 'react';
import styles from './Dialog.module.css';

interface DialogProps {
  /** The dialog once it is there: its `close` ends it as Escape does. */
  ref: RefObject<HTMLDialogElement | null>;
  title: ReactNode;
  /** As wide as this where the window is, such as `30rem`. */
  width: string;
  onClose: () => void;
  children: ReactNode;
}

/** A modal dialog of the browser's own, open from the first; its parts stand below each other. */
export function Dialog({ ref, title, width, onClose, children }: DialogProps) {
  const headingId = useId();
  useEffect(() => {
    if (!ref.current?.open) ref.current?.showModal();
  }, [ref]);
  return (
    <dialog
      ref={ref}
      className={styles.dialog}
      style={{ '--width': width }}
      aria-labelledby={headingId}
      onClose={onClose}
    >
      <h2 id={headingId}>{title}</h2>
      {children}
    </dialog>
  );
}

/** The buttons at a dialog's end. */
export const DialogActions = ({ children }: { children: ReactNode }) => (
  <div className={styles.actions}>{children}</div>
);
