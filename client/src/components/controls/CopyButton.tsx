import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from './Button.tsx';

/** Puts a text on the clipboard, and says whether it is there. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useLingui();
  const [said, setSaid] = useState('');
  const copy = async () => {
    try {
      // Beyond https and this machine browsers have no clipboard.
      await navigator.clipboard.writeText(text);
      setSaid(t`Copied.`);
    } catch {
      setSaid(t`The browser does not allow it: mark the text and copy it by hand.`);
    }
  };
  return (
    <>
      <Button onClick={() => void copy()}>{label}</Button>
      <span role="status" className={said === '' ? 'visually-hidden' : undefined}>
        {said}
      </span>
    </>
  );
}
