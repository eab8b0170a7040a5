import { Trans, useLingui } from '@lingui/react/macro';
import { use, useEffect, useId, useRef, useState } from 'react';
import { ApiUrl } from '../../api/apiUrl.ts';
import type { PageQuery } from '../../routing/pageQuery.ts';
import { Button } from '../controls/Button.tsx';
import { playgroundAddress, queryText } from './playgroundAddress.ts';
import styles from './ShowQuery.module.css';

interface QueryDialogProps {
  query: PageQuery;
  of: string;
  onClose: () => void;
}

/** The query and its variables in a dialog of the browser's own. */
export function QueryDialog({ query: [document, options], of, onClose }: QueryDialogProps) {
  const { t } = useLingui();
  const headingId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const apiUrl = use(ApiUrl);
  const text = queryText(document, options.variables);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={headingId} onClose={onClose}>
      <h2 id={headingId}>
        <Trans>The query behind {of}</Trans>
      </h2>
      {/* What scrolls must be reachable by keys. */}
      <pre className={styles.text} tabIndex={0} role="region" aria-label={t`Query`}>
        <code>{text.query}</code>
      </pre>
      <h3>
        <Trans>Variables</Trans>
      </h3>
      <pre className={styles.text} tabIndex={0} role="region" aria-label={t`Variables`}>
        <code>{text.variables}</code>
      </pre>
      <div className={styles.actions}>
        <CopyButton text={text.query} label={t`Copy the query`} />
        <CopyButton text={text.variables} label={t`Copy the variables`} />
        <a className={styles.playground} href={playgroundAddress(apiUrl, text)}>
          <Trans>Open in the playground</Trans>
        </a>
        <Button onClick={() => dialog.current?.close()}>
          <Trans>Close</Trans>
        </Button>
      </div>
    </dialog>
  );
}

/** Puts a text on the clipboard, and says whether it is there. */
function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useLingui();
  const [said, setSaid] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid(t`Copied.`),
      () => setSaid(t`The browser does not allow it: mark the text and copy it by hand.`),
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
