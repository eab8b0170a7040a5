import { Trans } from '@lingui/react/macro';
import {
  MAX_EMAIL_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
} from '../../api/limits.ts';
import { Field } from '../forms/Field.tsx';
import styles from '../forms/forms.module.css';
import type { Problem } from '../forms/problems.ts';

interface SignInFieldsProps {
  /** True where an account is to be opened. */
  isNew: boolean;
  problem: Problem | undefined;
  problemId: string;
}

/** The fields to sign in, or to open an account, which says what others will see. */
export function SignInFields({ isNew, ...problem }: SignInFieldsProps) {
  return (
    <>
      {isNew && (
        <>
          <Field
            {...problem}
            label={<Trans>Display name</Trans>}
            name="name"
            required
            maxLength={MAX_NAME_LENGTH}
            autoComplete="nickname"
          />
          <p className={styles.hint}>
            <Trans>
              Everybody can see this name. Your ratings and lists are private until you choose to share them;
              your email address never shows.
            </Trans>
          </p>
        </>
      )}
      <Field
        {...problem}
        label={<Trans>Email address</Trans>}
        name="email"
        type="email"
        required
        maxLength={MAX_EMAIL_LENGTH}
        autoComplete="email"
      />
      <Field
        {...problem}
        label={
          isNew ? <Trans>Password, at least {MIN_PASSWORD_LENGTH} characters</Trans> : <Trans>Password</Trans>
        }
        name="password"
        type="password"
        required
        minLength={isNew ? MIN_PASSWORD_LENGTH : 1}
        maxLength={MAX_PASSWORD_LENGTH}
        autoComplete={isNew ? 'new-password' : 'current-password'}
      />
    </>
  );
}
