import { useState } from 'react';
import styles from './parts.module.css';

/** Holds what was last done, in a sentence; a reader of the screen hears it. */
export function useSaid(): [says: React.ReactNode, say: (words: string) => void] {
  const [words, say] = useState('');
  const says = (
    <p role="status" className={words === '' ? 'visually-hidden' : styles.said}>
      {words}
    </p>
  );
  return [says, say];
}
