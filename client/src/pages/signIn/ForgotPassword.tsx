import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import { MAX_EMAIL_LENGTH } from '../../api/limits.ts';
import { EmptyState, PageHeading } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { Field } from '../forms/Field.tsx';
import { Form, SubmitButton } from '../forms/Form.tsx';
import { FormProblem } from '../forms/FormProblem.tsx';
import styles from '../forms/forms.module.css';
import { sendsMailQuery, useSendsMail } from '../forms/sendsMail.ts';
import { useSubmit } from '../forms/useSubmit.ts';
import pages from '../layout/pages.module.css';

const RequestPasswordReset = graphql(/* GraphQL */ `
  mutation RequestPasswordReset($email: String!) {
    requestPasswordReset(email: $email)
  }
`);

export const queries = () => [sendsMailQuery];

/** Asking for a link to set a new password. */
export default function ForgotPassword() {
  const { t } = useLingui();
  const problemId = useId();
  const sendsMail = useSendsMail();
  const [request] = useMutation(RequestPasswordReset);
  const { onSubmit, busy, done, problem } = useSubmit(async (readField) => {
    await request({ variables: { email: readField('email') } });
  });
  const title = t`Forgotten password`;
  return (
    <div className={pages.page}>
      <PageHeading title={title} />
      {done ? (
        <EmptyState title={t`Look into your mail.`}>
          <Trans>
            If there is an account with this email address, a link to set a new password is on its way. It
            works for an hour.
          </Trans>
        </EmptyState>
      ) : !sendsMail ? (
        <EmptyState title={t`This server sends no mail.`}>
          <Trans>Ask whoever runs it for a link to set a new password.</Trans>
        </EmptyState>
      ) : (
        <Form className={styles.form} aria-label={title} onSubmit={onSubmit}>
          <Field
            label={<Trans>Email address of your account</Trans>}
            name="email"
            problem={problem}
            problemId={problemId}
            type="email"
            required
            maxLength={MAX_EMAIL_LENGTH}
            autoComplete="email"
          />
          <FormProblem id={problemId} title={t`No link was sent`} problem={problem} />
          <SubmitButton variant="primary" disabled={busy}>
            {busy ? <Trans>Please wait…</Trans> : <Trans>Send me a link</Trans>}
          </SubmitButton>
        </Form>
      )}
    </div>
  );
}
