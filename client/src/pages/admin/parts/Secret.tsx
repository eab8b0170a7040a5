import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../../components/index.ts';
import styles from './parts.module.css';

interface SecretProps {
  /** Names what it opens. */
  of: string;
  secret: string;
  onDone: () => void;
}

/** A secret that is told this once, to be copied before it goes. */
export function Secret({ of, secret, onDone }: SecretProps) {
  const { t } = useLingui();
  const [said, setSaid] = useState('');
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setSaid(t`Copied.`),
      () => setSaid(t`The browser does not allow it: mark the text and copy it by hand.`),
    );
  return (
    <div className={styles.secret} role="alert">
      <p>
        <Trans>
          The secret of <strong>{of}</strong>. It is shown this once: copy it now.
        </Trans>
      </p>
      <code className={styles.code}>{secret}</code>
      <div className={styles.actions}>
        <Button onClick={() => void copy()}>
          <Trans>Copy the secret</Trans>
        </Button>
        <Button onClick={onDone}>
          <Trans>I have it</Trans>
        </Button>
        <span role="status">{said}</span>
      </div>
    </div>
  );
}
