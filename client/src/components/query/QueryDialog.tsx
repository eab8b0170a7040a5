import { Trans, useLingui } from '@lingui/react/macro';
import { use, useRef } from 'react';
import { ApiUrl } from '../../api/apiUrl.ts';
import type { PageQuery } from '../../routing/pageQuery.ts';
import { Button } from '../controls/Button.tsx';
import { CopyButton } from '../controls/CopyButton.tsx';
import { Dialog, DialogActions } from '../controls/Dialog.tsx';
import { playgroundAddress, queryText } from './playgroundAddress.ts';
import styles from './ShowQuery.module.css';

interface QueryDialogProps {
  query: PageQuery;
  of: string;
  onClose: () => void;
}

/** The query and its variables. */
export function QueryDialog({ query: [document, options], of, onClose }: QueryDialogProps) {
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const apiUrl = use(ApiUrl);
  const text = queryText(document, options.variables);
  return (
    <Dialog ref={dialog} title={<Trans>The query behind {of}</Trans>} width="46rem" onClose={onClose}>
      {/* What scrolls must be reachable by keys. */}
      <pre className={styles.text} tabIndex={0} role="region" aria-label={t`Query`}>
        <code>{text.query}</code>
      </pre>
      <h3 className={styles.subheading}>
        <Trans>Variables</Trans>
      </h3>
      <pre className={styles.text} tabIndex={0} role="region" aria-label={t`Variables`}>
        <code>{text.variables}</code>
      </pre>
      <DialogActions>
        <CopyButton text={text.query} label={t`Copy the query`} />
        <CopyButton text={text.variables} label={t`Copy the variables`} />
        <a className={styles.playground} href={playgroundAddress(apiUrl, text)}>
          <Trans>Open in the playground</Trans>
        </a>
        <Button onClick={() => dialog.current?.close()}>
          <Trans>Close</Trans>
        </Button>
      </DialogActions>
    </Dialog>
  );
}
