import { useMutation } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useLocation } from 'react-router';
import { ButtonLink, EmptyState, PageHeading } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { PATHS } from '../../routing/paths.ts';
import { useHydrated } from '../../state/useHydrated.ts';
import { Form, SubmitButton } from '../forms/Form.tsx';
import { FormProblem } from '../forms/FormProblem.tsx';
import styles from '../forms/forms.module.css';
import { useSubmit } from '../forms/useSubmit.ts';
import pages from '../layout/pages.module.css';

const ConfirmEmailMutation = graphql(/* GraphQL */ `
  mutation ConfirmEmail($token: String!) {
    confirmEmail(token: $token)
  }
`);

/** Confirming an email address by a link; by a button, since programs that read mail follow links too. */
export default function ConfirmEmail() {
  const { t } = useLingui();
  const token = useLocation().hash.slice(1);
  // No server sees the token.
  const isWithoutToken = useHydrated() && token === '';
  const [confirmEmail] = useMutation(ConfirmEmailMutation);
  const { onSubmit, busy, done, problem } = useSubmit(async () => {
    await confirmEmail({ variables: { token } });
  });
  const title = t`Your email address`;
  return (
    <div className={pages.page}>
      <PageHeading title={title} />
      {done ? (
        <EmptyState
          title={t`Your email address is confirmed.`}
          action={
            <ButtonLink to={PATHS.home}>
              <Trans>To the films</Trans>
            </ButtonLink>
          }
        />
      ) : isWithoutToken ? (
        <EmptyState
          title={t`This link does not work.`}
          action={
            <ButtonLink variant="primary" to={PATHS.account}>
              <Trans>To your account</Trans>
            </ButtonLink>
          }
        >
          <Trans>
            Its end is missing. Copy it whole from your mail, or ask for another one on the page of your
            account.
          </Trans>
        </EmptyState>
      ) : (
        <Form className={styles.form} aria-label={title} onSubmit={onSubmit}>
          <FormProblem title={t`The address was not confirmed`} problem={problem} />
          <SubmitButton variant="primary" disabled={busy}>
            {busy ? <Trans>Please wait…</Trans> : <Trans>Confirm my email address</Trans>}
          </SubmitButton>
        </Form>
      )}
    </div>
  );
}
