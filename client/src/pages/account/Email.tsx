import { useMutation } from '@apollo/client/react';
import type { ResultOf } from '@graphql-typed-document-node/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { graphql } from '../../gql/index.ts';
import { Form, SubmitButton } from '../forms/Form.tsx';
import { FormProblem } from '../forms/FormProblem.tsx';
import styles from '../forms/forms.module.css';
import { useSendsMail } from '../forms/sendsMail.ts';
import { useSubmit } from '../forms/useSubmit.ts';
import pages from '../layout/pages.module.css';

export const OwnEmailFragment = graphql(/* GraphQL */ `
  fragment OwnEmail on Account {
    email
    emailConfirmed
  }
`);

const RequestEmailConfirmation = graphql(/* GraphQL */ `
  mutation RequestEmailConfirmation {
    requestEmailConfirmation
  }
`);

/** The account's email address, and the way to confirm it. */
export function Email({
  account: { email, emailConfirmed },
}: {
  account: ResultOf<typeof OwnEmailFragment>;
}) {
  const { t } = useLingui();
  const sendsMail = useSendsMail();
  const [request, { data }] = useMutation(RequestEmailConfirmation);
  const { onSubmit, busy, done, problem } = useSubmit(async () => {
    await request();
  });
  return (
    <section className={pages.section} aria-labelledby="email">
      <h2 id="email">
        <Trans>Email address</Trans>
      </h2>
      <p>{emailConfirmed ? <Trans>{email}, confirmed</Trans> : <Trans>{email}, not confirmed</Trans>}</p>
      {!emailConfirmed && !sendsMail && (
        <p>
          <Trans>This server sends no mail; nothing needs to be confirmed.</Trans>
        </p>
      )}
      {!emailConfirmed && sendsMail && (
        <Form className={styles.form} aria-label={t`Email address`} onSubmit={onSubmit}>
          <FormProblem title={t`No link was sent`} problem={problem} />
          <p role="status">
            {done &&
              (data?.requestEmailConfirmation ? (
                <Trans>A link is on its way.</Trans>
              ) : (
                <Trans>This server sends no mail; nothing needs to be confirmed.</Trans>
              ))}
          </p>
          <SubmitButton disabled={busy || done}>
            <Trans>Send me a link to confirm it</Trans>
          </SubmitButton>
        </Form>
      )}
    </section>
  );
}
