import { useApolloClient, useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { Navigate, useLocation, useParams } from 'react-router';
import {
  Avatar,
  ButtonLink,
  EmptyState,
  PageHeading,
  PageSkeleton,
  QueryError,
  SectionBoundary,
} from '../../components/index.ts';
import { pathNumber } from '../../routing/addressState.ts';
import { comparePath, groupPath, PATHS } from '../../routing/paths.ts';
import type { HeadContext, PageAddress, PageHead } from '../../routing/pageQuery.ts';
import { useSession } from '../../session/session.ts';
import pages from '../layout/pages.module.css';
import { Recommended, recommendationsQuery } from './Recommended.tsx';
import { Statistics } from './Statistics.tsx';
import styles from './User.module.css';
import { userQuery } from './userQueries.ts';
import { Watched, watchedQuery } from './Watched.tsx';

export function queries({ params, search }: PageAddress) {
  const userId = pathNumber(params['userId']);
  if (userId === null) return [];
  return [userQuery(userId), recommendationsQuery(userId, search), watchedQuery(userId, search)];
}

/** Search engines leave people out, who have not asked to be found. */
export function head({ params, read }: HeadContext): PageHead {
  const userId = pathNumber(params['userId']);
  const user = userId === null ? null : read(userQuery(userId))?.user;
  return user ? { type: 'profile', indexed: false } : { exists: false };
}

/** Shows a person's statistics, recommendations and watched films; the visitor's own page stands elsewhere. */
export default function User() {
  const userId = pathNumber(useParams()['userId']);
  const { session } = useSession();
  if (userId === null) return <NoSuchPerson />;
  if (session?.userId === userId) return <ToOwnPage userId={userId} />;
  return <UserDetails key={userId} userId={userId} />;
}

/** Leads on to the own page, and forgets what the server rendered of it for a stranger. */
function ToOwnPage({ userId }: { userId: number }) {
  const { cache } = useApolloClient();
  const { search } = useLocation();
  useEffect(() => {
    cache.evict({ id: cache.identify({ __typename: 'User', userId }) });
  }, [cache, userId]);
  return <Navigate to={{ pathname: PATHS.me, search }} replace />;
}

function UserDetails({ userId }: { userId: number }) {
  const { t } = useLingui();
  const { data, error, loading, refetch } = useQuery(...userQuery(userId));
  if (loading && !data) return <PageSkeleton />;
  if (data && !data.user && !error) return <NoSuchPerson />;
  if (!data?.user) {
    return (
      <>
        <PageHeading title={t`Person`} />
        <QueryError error={error} onRetry={() => refetch()} title={t`This person did not load`} />
      </>
    );
  }
  const { user, genres } = data;
  return (
    <div className={pages.page}>
      <header className={styles.head}>
        <Avatar userId={userId} size={72} />
        <PageHeading title={user.name} />
        {user.sharesRatings && <Together userId={userId} />}
      </header>
      {user.sharesRatings ? (
        <>
          <Statistics user={user} subject="they" />
          <SectionBoundary title={t`The recommendations did not load`}>
            <Recommended
              userId={userId}
              subject="they"
              name={user.name}
              genres={genres?.map((genre) => genre.name) ?? []}
            />
          </SectionBoundary>
          <SectionBoundary title={t`The watched films did not load`}>
            <Watched userId={userId} />
          </SectionBoundary>
        </>
      ) : (
        <EmptyState title={t`This person keeps the ratings private.`}>
          <Trans>What people rate is theirs, unless they share it.</Trans>
        </EmptyState>
      )}
    </div>
  );
}

/** The ways from a person to what two have in common. */
function Together({ userId }: { userId: number }) {
  const { session } = useSession();
  return (
    <p className={styles.together}>
      <ButtonLink to={session ? comparePath(session.userId, userId) : comparePath(userId)}>
        {session ? <Trans>Compare with me</Trans> : <Trans>Compare</Trans>}
      </ButtonLink>
      <ButtonLink to={groupPath(userId)}>
        <Trans>Watch together</Trans>
      </ButtonLink>
    </p>
  );
}

function NoSuchPerson() {
  const { t } = useLingui();
  return (
    <div className={pages.page}>
      <PageHeading title={t`No such person`} />
      <EmptyState title={t`There is no person at this address.`} />
    </div>
  );
}
