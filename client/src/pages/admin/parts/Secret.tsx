import { Trans, useLingui } from '@lingui/react/macro';
import { CopyButton } from '../../../components/controls/CopyButton.tsx';
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
  return (
    <div className={styles.secret} role="alert">
      <p>
        <Trans>
          The secret of <strong>{of}</strong>. It is shown this once: copy it now.
        </Trans>
      </p>
      <code className={styles.code}>{secret}</code>
      <div className={styles.actions}>
        <CopyButton text={secret} label={t`Copy the secret`} />
        <Button onClick={onDone}>
          <Trans>I have it</Trans>
        </Button>
      </div>
    </div>
  );
}
