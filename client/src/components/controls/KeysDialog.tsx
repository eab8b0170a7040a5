import { useEffect, useRef } from 'react';
import { Button } from './Button.tsx';
import styles from './KeysDialog.module.css';

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'Search films'],
  ['?', 'Show these keys'],
  ['← →', 'Move within a row of films'],
  ['Home End', 'First and last film of a row'],
  ['Tab', 'Leave the row'],
  ['Enter', 'Open the film'],
  ['Esc', 'Close what is open'],
];

/** The keys of the portal, in a dialog of the browser's own. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="keys-heading" onClose={onClose}>
      <h2 id="keys-heading">Keys</h2>
      <dl className={styles.keys}>
        {KEYS.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              {key.split(' ').map((part) => (
                <kbd key={part}>{part}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <Button onClick={() => dialog.current?.close()}>Close</Button>
    </dialog>
  );
}
