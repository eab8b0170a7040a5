import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from './Button.tsx';
import { copyText } from './copyText.ts';

/** Puts a text on the clipboard, and says whether it is there. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useLingui();
  const [said, setSaid] = useState('');
  const copy = async () =>
    setSaid(
      (await copyText(text))
        ? t`Copied.`
        : t`The browser does not allow it: mark the text and copy it by hand.`,
    );
  return (
    <>
      <Button onClick={() => void copy()}>{label}</Button>
      <span role="status" className={said === '' ? 'visually-hidden' : undefined}>
        {said}
      </span>
    </>
  );
}
