import { useMutation } from '@apollo/client/react';
import { MAX_EMAIL_LENGTH } from '../../api/limits.ts';
import { Button, EmptyState, ErrorState, PageHeading } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import pages from '../layout/pages.module.css';
import styles from '../forms/forms.module.css';
import { useSubmit } from '../forms/useSubmit.ts';

const RequestPasswordReset = graphql(/* GraphQL */ `
  mutation RequestPasswordReset($email: String!) {
    requestPasswordReset(email: $email)
  }
`);

/** Asking for a link to set a new password. */
export default function ForgotPassword() {
  const [request] = useMutation(RequestPasswordReset);
  const { onSubmit, busy, done, problem } = useSubmit(async (readField) => {
    await request({ variables: { email: readField('email') } });
  });
  return (
    <div className={pages.page}>
      <PageHeading title="Forgotten password">Forgotten password</PageHeading>
      {done ? (
        <EmptyState title="Look into your mail.">
          If there is an account with this email address, a link to set a new password is on its way. It works
          for an hour.
        </EmptyState>
      ) : (
        <form className={styles.form} aria-label="Forgotten password" onSubmit={onSubmit}>
          <label>
            Email address of your account
            <input name="email" type="email" required maxLength={MAX_EMAIL_LENGTH} autoComplete="email" />
          </label>
          {problem !== undefined && <ErrorState title="No link was sent" message={problem} />}
          <Button type="submit" variant="primary" disabled={busy}>
            {busy ? 'Please wait…' : 'Send me a link'}
          </Button>
        </form>
      )}
    </div>
  );
}
