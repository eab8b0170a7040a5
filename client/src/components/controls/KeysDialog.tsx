import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { SHORTCUTS_OFF, useListedShortcuts } from '../../shortcuts/shortcuts.ts';
import { browserStorage } from '../../state/storedState.ts';
import { Button } from './Button.tsx';
import { Dialog, DialogActions } from './Dialog.tsx';
import styles from './KeysDialog.module.css';

/** The keys of the portal. */
export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const registered = useListedShortcuts();
  const storage = browserStorage();
  const [isOn, setOn] = useState(() => !storage?.getItem(SHORTCUTS_OFF));
  const turn = (on: boolean) => {
    if (on) storage?.removeItem(SHORTCUTS_OFF);
    else storage?.setItem(SHORTCUTS_OFF, 'true');
    setOn(on);
  };
  // What browsers, rows and menus do with keys themselves.
  const others = [
    { key: '← →', meaning: t`Move within a row of films` },
    { key: 'Home End', meaning: t`First and last film of a row` },
    { key: 'Tab', meaning: t`Leave the row` },
    { key: 'Enter', meaning: t`Open the film` },
    { key: 'Esc', meaning: t`Close the open menu or dialog` },
  ];
  return (
    <Dialog ref={dialog} title={<Trans>Keyboard shortcuts</Trans>} width="26rem" onClose={onClose}>
      <dl className={styles.keys}>
        {[...(isOn ? registered : []), ...others].map(({ key, meaning }) => (
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
      {storage && (
        <label className={styles.switch}>
          <input type="checkbox" checked={isOn} onChange={(event) => turn(event.currentTarget.checked)} />
          <Trans>Single letters and signs are shortcuts</Trans>
        </label>
      )}
      <DialogActions>
        <Button onClick={() => dialog.current?.close()}>
          <Trans>Close</Trans>
        </Button>
      </DialogActions>
    </Dialog>
  );
}
