import { Trans } from '@lingui/react/macro';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../api/limits.ts';
import { Field } from './Field.tsx';
import type { Problem } from './problems.ts';

interface NewPasswordFieldProps {
  /** Of the field in its form. */
  name: string;
  problem: Problem | undefined;
  problemId: string;
}

/** A field for a password that is to be set. */
export function NewPasswordField(props: NewPasswordFieldProps) {
  return (
    <Field
      {...props}
      label={<Trans>New password, at least {MIN_PASSWORD_LENGTH} characters</Trans>}
      field="password"
      type="password"
      required
      minLength={MIN_PASSWORD_LENGTH}
      maxLength={MAX_PASSWORD_LENGTH}
      autoComplete="new-password"
    />
  );
}
