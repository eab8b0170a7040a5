import { useMutation } from '@apollo/client/react';
import { useLocation } from 'react-router';
import { Button, ButtonLink, EmptyState, ErrorState, PageHeading } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { PATHS } from '../../routing/paths.ts';
import pages from '../layout/pages.module.css';
import styles from '../forms/forms.module.css';
import { useSubmit } from '../forms/useSubmit.ts';

const ConfirmEmailMutation = graphql(/* GraphQL */ `
  mutation ConfirmEmail($token: String!) {
    confirmEmail(token: $token)
  }
`);

/** Confirming an email address by a link; by a button, since programs that read mail follow links too. */
export default function ConfirmEmail() {
  const token = useLocation().hash.slice(1);
  const [confirmEmail] = useMutation(ConfirmEmailMutation);
  const { onSubmit, busy, done, problem } = useSubmit(async () => {
    await confirmEmail({ variables: { token } });
  });
  return (
    <div className={pages.page}>
      <PageHeading title="Your email address">Your email address</PageHeading>
      {done ? (
        <EmptyState
          title="Your email address is confirmed."
          action={<ButtonLink to={PATHS.home}>To the films</ButtonLink>}
        />
      ) : (
        <form className={styles.form} aria-label="Your email address" onSubmit={onSubmit}>
          {problem !== undefined && <ErrorState title="The address was not confirmed" message={problem} />}
          <Button type="submit" variant="primary" disabled={busy}>
            {busy ? 'Please wait…' : 'Confirm my email address'}
          </Button>
        </form>
      )}
    </div>
  );
}
