import { useMutation, useQuery } from '@apollo/client/react';
import {
  ButtonLink,
  Button,
  EmptyState,
  ErrorState,
  PageHeading,
  PageSkeleton,
  QueryError,
} from '../../components/index.ts';
import type { AccountPageQuery } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { PATHS } from '../../routing/paths.ts';
import { useSession } from '../../session/session.ts';
import { DeleteAccount, ExportData } from './AccountData.tsx';
import { ChangePassword, Profile, Sessions } from './AccountForms.tsx';
import pages from '../layout/pages.module.css';
import styles from '../forms/forms.module.css';
import { useSubmit } from '../forms/useSubmit.ts';

const AccountQuery = graphql(/* GraphQL */ `
  query AccountPage {
    viewer {
      userId
      name
      sharesRatings
      account {
        email
        emailConfirmed
      }
    }
  }
`);

const RequestEmailConfirmation = graphql(/* GraphQL */ `
  mutation RequestEmailConfirmation {
    requestEmailConfirmation
  }
`);

/** The visitor's own account: name, privacy, password, sessions, data. */
export default function Account() {
  const { session } = useSession();
  return (
    <div className={pages.page}>
      <PageHeading title="Your account">Your account</PageHeading>
      {session ? (
        <Settings key={session.userId} />
      ) : (
        <EmptyState
          title="You are not signed in."
          action={<ButtonLink to={PATHS.signIn}>Sign in</ButtonLink>}
        />
      )}
    </div>
  );
}

function Settings() {
  const { data, loading, error, refetch } = useQuery(...pageQuery(AccountQuery, {}));
  if (loading && !data) return <PageSkeleton />;
  if (!data?.viewer)
    return <QueryError error={error} onRetry={() => refetch()} title="Your account did not load" />;
  const { name, sharesRatings, account } = data.viewer;
  return (
    <>
      <Profile name={name} sharesRatings={sharesRatings} />
      {account && <Email account={account} />}
      <ChangePassword />
      <Sessions />
      <section className={pages.section} aria-labelledby="own-ratings">
        <h2 id="own-ratings">Ratings from elsewhere</h2>
        <p>
          <ButtonLink to={PATHS.ownRatings}>Bring my ratings</ButtonLink>
        </p>
      </section>
      <ExportData />
      <DeleteAccount />
    </>
  );
}

type OwnAccount = NonNullable<NonNullable<AccountPageQuery['viewer']>['account']>;

function Email({ account: { email, emailConfirmed } }: { account: OwnAccount }) {
  const [request, { data }] = useMutation(RequestEmailConfirmation);
  const { onSubmit, busy, done, problem } = useSubmit(async () => {
    await request();
  });
  const sent = data?.requestEmailConfirmation
    ? 'A link is on its way.'
    : 'This server sends no mail; nothing needs to be confirmed.';
  return (
    <section className={pages.section} aria-labelledby="email">
      <h2 id="email">Email address</h2>
      <p>
        {email}, {emailConfirmed ? 'confirmed' : 'not confirmed'}
      </p>
      {!emailConfirmed && (
        <form className={styles.form} aria-label="Email address" onSubmit={onSubmit}>
          {problem !== undefined && <ErrorState title="No link was sent" message={problem} />}
          <p role="status">{done && sent}</p>
          <Button type="submit" disabled={busy || done}>
            Send me a link to confirm it
          </Button>
        </form>
      )}
    </section>
  );
}
