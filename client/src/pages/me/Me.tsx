import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { ButtonLink, EmptyState, PageSkeleton, QueryError, SectionBoundary } from '../../components/index.ts';
import { PATHS } from '../../routing/paths.ts';
import { OwnArea } from '../ownArea/OwnArea.tsx';
import { Recommended } from '../user/Recommended.tsx';
import { Statistics } from '../user/Statistics.tsx';
import { userQuery } from '../user/userQueries.ts';
import { Privacy } from './Privacy.tsx';

export { privateHead as head } from '../../routing/pageQuery.ts';

/** The visitor's own page: what is recommended, what the ratings say, and who may see it. */
export default function Me() {
  const { t } = useLingui();
  return <OwnArea title={t`For you`}>{({ userId }) => <Own userId={userId} />}</OwnArea>;
}

function Own({ userId }: { userId: number }) {
  const { t } = useLingui();
  const { data, error, loading, refetch } = useQuery(...userQuery(userId));
  if (loading && !data) return <PageSkeleton />;
  if (!data?.user)
    return <QueryError error={error} onRetry={() => refetch()} title={t`Your page did not load`} />;
  const { user, genres } = data;
  return (
    <>
      <Privacy sharesRatings={user.sharesRatings} />
      {user.ratingCount === 0 && <NothingRated />}
      <SectionBoundary title={t`Your recommendations did not load`}>
        <Recommended userId={userId} subject="you" genres={genres?.map(({ name }) => name) ?? []} />
      </SectionBoundary>
      {user.ratingCount > 0 && <Statistics user={user} subject="you" />}
    </>
  );
}

function NothingRated() {
  const { t } = useLingui();
  return (
    <EmptyState
      title={t`You have not rated anything yet.`}
      action={
        <>
          <ButtonLink variant="primary" to={PATHS.home}>
            <Trans>Pick films you like</Trans>
          </ButtonLink>
          <ButtonLink to={PATHS.ownRatings}>
            <Trans>Bring ratings from elsewhere</Trans>
          </ButtonLink>
        </>
      }
    >
      <Trans>
        Two rated films make a first list that is yours, five a good one. Until then these are popular.
      </Trans>
    </EmptyState>
  );
}
