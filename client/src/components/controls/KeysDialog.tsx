import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { useListedShortcuts } from '../../shortcuts/shortcuts.ts';
import { Button } from './Button.tsx';
import styles from './KeysDialog.module.css';

/** The keys of the portal, in a dialog of the browser's own. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const registered = useListedShortcuts();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  // What browsers, rows and menus do with keys themselves.
  const others = [
    { key: '← →', meaning: t`Move within a row of films` },
    { key: 'Home End', meaning: t`First and last film of a row` },
    { key: 'Tab', meaning: t`Leave the row` },
    { key: 'Enter', meaning: t`Open the film` },
    { key: 'Esc', meaning: t`Close the open menu or dialog` },
  ];
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="keys-heading" onClose={onClose}>
      <h2 id="keys-heading">
        <Trans>Keyboard shortcuts</Trans>
      </h2>
      <dl className={styles.keys}>
        {[...registered, ...others].map(({ key, meaning }) => (
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
      <Button onClick={() => dialog.current?.close()}>
        <Trans>Close</Trans>
      </Button>
    </dialog>
  );
}
