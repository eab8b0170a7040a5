import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState, type ReactNode } from 'react';
import { Dialog, DialogActions } from '../../../components/controls/Dialog.tsx';
import { Button } from '../../../components/index.ts';
import { Form, SubmitButton } from '../../forms/Form.tsx';
import { FormProblem } from '../../forms/FormProblem.tsx';
import { useSubmit } from '../../forms/useSubmit.ts';
import styles from './parts.module.css';

interface ConfirmDialogProps {
  title: string;
  /** Says what will happen. */
  children: ReactNode;
  confirmLabel: string;
  /** A word that has to be typed, where nothing brings back what is lost. */
  typed?: string;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something is done, does it, and stays open where it fails. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirmLabel, typed, onConfirm, onClose } = props;
  const { t } = useLingui();
  const dialog = useRef<HTMLDialogElement>(null);
  const [word, setWord] = useState('');
  const { onSubmit, busy, problem } = useSubmit(async () => {
    await onConfirm();
    dialog.current?.close();
  });
  return (
    <Dialog ref={dialog} title={title} width="34rem" onClose={onClose}>
      <Form className={styles.dialogForm} onSubmit={onSubmit}>
        <div className={styles.prose}>{children}</div>
        {typed !== undefined && (
          <label className={styles.field}>
            <Trans>Type “{typed}” to confirm</Trans>
            <input
              value={word}
              autoComplete="off"
              spellCheck={false}
              onChange={({ currentTarget }) => setWord(currentTarget.value)}
            />
          </label>
        )}
        <FormProblem title={t`It was not done`} problem={problem} />
        <DialogActions>
          <SubmitButton variant="primary" disabled={busy || (typed !== undefined && word !== typed)}>
            {confirmLabel}
          </SubmitButton>
          <Button onClick={() => dialog.current?.close()}>
            <Trans>Cancel</Trans>
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
