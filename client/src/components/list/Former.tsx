import type { ReactNode } from 'react';
import styles from './Former.module.css';

/** Surrounds an answer; dimmed and busy while it is that to the question before. */
export function Former({ isFormer, children }: { isFormer: boolean; children: ReactNode }) {
  return (
    <div className={styles.answer} aria-busy={isFormer} data-former={isFormer || undefined}>
      {children}
    </div>
  );
}
