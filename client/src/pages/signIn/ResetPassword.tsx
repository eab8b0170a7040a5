import { useMutation } from '@apollo/client/react';
import { useLocation } from 'react-router';
import { Button, ButtonLink, EmptyState, ErrorState, PageHeading } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { PATHS } from '../../routing/paths.ts';
import { NewPasswordField } from '../forms/NewPasswordField.tsx';
import pages from '../layout/pages.module.css';
import styles from '../forms/forms.module.css';
import { useSubmit } from '../forms/useSubmit.ts';

const ResetPasswordMutation = graphql(/* GraphQL */ `
  mutation ResetPassword($input: ResetPasswordInput!) {
    resetPassword(input: $input)
  }
`);

/** Setting a new password by a link, whose token is the address's fragment. */
export default function ResetPassword() {
  const token = useLocation().hash.slice(1);
  const [resetPassword] = useMutation(ResetPasswordMutation);
  const { onSubmit, busy, done, problem } = useSubmit(async (readField) => {
    await resetPassword({ variables: { input: { token, newPassword: readField('password') } } });
  });
  return (
    <div className={pages.page}>
      <PageHeading title="New password">New password</PageHeading>
      {done ? (
        <EmptyState title="Your password is set." action={<ButtonLink to={PATHS.signIn}>Sign in</ButtonLink>}>
          All sessions of your account have ended.
        </EmptyState>
      ) : (
        <form className={styles.form} aria-label="New password" onSubmit={onSubmit}>
          <NewPasswordField name="password" />
          {problem !== undefined && <ErrorState title="The password was not set" message={problem} />}
          <Button type="submit" variant="primary" disabled={busy}>
            {busy ? 'Please wait…' : 'Set the password'}
          </Button>
        </form>
      )}
    </div>
  );
}
