import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { ButtonLink, EmptyState, PageHeading, QueryError } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { PATHS } from '../../routing/paths.ts';
import { useSession } from '../../session/session.ts';
import { useSignInPath } from '../../session/signInPath.ts';

const AdminGateQuery = graphql(/* GraphQL */ `
  query AdminGate {
    viewer {
      userId
      account {
        role
      }
    }
  }
`);

/**
 * Lets administrators through, and tells all others in words why they may not. It spares them empty sections: what is answered to whom
 * the API decides.
 */
export function AdminGate({ children }: { children: ReactNode }) {
  const { session } = useSession();
  const { t } = useLingui();
  const signIn = useSignInPath();
  const { data, error, loading, refetch } = useQuery(AdminGateQuery, {
    skip: !session,
    fetchPolicy: 'cache-and-network',
  });
  if (!session)
    return (
      <Refused title={t`Sign in to administer`}>
        <EmptyState
          title={t`This page is for administrators.`}
          action={
            <ButtonLink variant="primary" to={signIn}>
              <Trans>Sign in</Trans>
            </ButtonLink>
          }
        >
          <Trans>Sign in with an account that is one.</Trans>
        </EmptyState>
      </Refused>
    );
  if (data?.viewer?.account?.role === 'ADMIN') return children;
  if (loading)
    return (
      <p className="visually-hidden" role="status">
        <Trans>Loading…</Trans>
      </p>
    );
  if (error)
    return (
      <Refused title={t`Administration`}>
        <QueryError error={error} onRetry={() => refetch()} title={t`Your role did not load`} />
      </Refused>
    );
  const { name } = session;
  return (
    <Refused title={t`Not for this account`}>
      <EmptyState
        title={t`This page is for administrators, and ${name} is none.`}
        action={
          <ButtonLink variant="primary" to={PATHS.home}>
            <Trans>Browse films</Trans>
          </ButtonLink>
        }
      >
        <Trans>An administrator can give an account the role, here or on the command line.</Trans>
      </EmptyState>
    </Refused>
  );
}

const Refused = ({ title, children }: { title: string; children: ReactNode }) => (
  <>
    <PageHeading title={title} />
    {children}
  </>
);
