import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { useLocation } from 'react-router';
import { ButtonLink, EmptyState, PageHeading } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { PATHS } from '../../routing/paths.ts';
import { useHydrated } from '../../state/useHydrated.ts';
import { Form, SubmitButton } from '../forms/Form.tsx';
import { FormProblem } from '../forms/FormProblem.tsx';
import styles from '../forms/forms.module.css';
import { NewPasswordField } from '../forms/NewPasswordField.tsx';
import { useSubmit } from '../forms/useSubmit.ts';
import pages from '../layout/pages.module.css';

const ResetPasswordMutation = graphql(/* GraphQL */ `
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input)
  }
`);

/** Setting a new password by a link, whose token is the address's fragment. */
export default function ResetPassword() {
  const { t } = useLingui();
  const problemId = useId();
  const token = useLocation().hash.slice(1);
  // No server sees the token.
  const isWithoutToken = useHydrated() && token === '';
  const [resetPassword] = useMutation(ResetPasswordMutation);
  const { onSubmit, busy, done, problem } = useSubmit(async (readField) => {
    await resetPassword({ variables: { input: { token, newPassword: readField('password') } } });
  });
  const title = t`New password`;
  return (
    <div className={pages.page}>
      <PageHeading title={title} />
      {done ? (
        <EmptyState
          title={t`Your password is set.`}
          action={
            <ButtonLink to={PATHS.signIn}>
              <Trans>Sign in</Trans>
            </ButtonLink>
          }
        >
          <Trans>All sessions of your account have ended.</Trans>
        </EmptyState>
      ) : isWithoutToken ? (
        <EmptyState
          title={t`This link does not work.`}
          action={
            <ButtonLink variant="primary" to={PATHS.forgotPassword}>
              <Trans>Ask for another link</Trans>
            </ButtonLink>
          }
        >
          <Trans>Its end is missing. Copy it whole from your mail, or ask for another one.</Trans>
        </EmptyState>
      ) : (
        <Form className={styles.form} aria-label={title} onSubmit={onSubmit}>
          <NewPasswordField name="password" problem={problem} problemId={problemId} />
          <FormProblem id={problemId} title={t`The password was not set`} problem={problem} />
          <SubmitButton variant="primary" disabled={busy}>
            {busy ? <Trans>Please wait…</Trans> : <Trans>Set the password</Trans>}
          </SubmitButton>
        </Form>
      )}
    </div>
  );
}
