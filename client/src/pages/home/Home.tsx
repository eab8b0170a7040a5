import { useQuery } from '@apollo/client/react';
import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, HeroSkeleton, PageHeading, QueryError, RowSkeleton } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { sessionStore, useSession } from '../../session/session.ts';
import { isEnough, tasteStore } from '../../taste/taste.ts';
import { BackToGroup } from './BackToGroup.tsx';
import { FirstTraining } from './FirstTraining.tsx';
import { forYouQuery, NO_WISHES } from './forYou.ts';
import { pickerPoolQuery } from './pickerPool.ts';
import { moviesQuery } from './rowQueries.ts';
import { ViewerHome, viewerHomeQuery } from './ViewerHome.tsx';
import { VisitorHome } from './VisitorHome.tsx';

const HomeQuery = graphql(/* GraphQL */ `
  query HomePage {
    genres {
      name
      movieCount
    }
    dataset {
      name
      movieCount
      ratingCount
    }
    model {
      version
    }
  }
`);

/** The data as home knows them before it knows anything of the visitor. */
export interface Catalogue {
  /** By name. */
  genres: readonly { name: string; movieCount: number }[];
  dataset: { movieCount: number; ratingCount: number } | null;
}

const homeQuery = pageQuery(HomeQuery, {});

export function queries() {
  if (sessionStore.get().session)
    return [homeQuery, viewerHomeQuery, forYouQuery({ kind: 'viewer' }, NO_WISHES)];
  const taste = tasteStore.get();
  return isEnough(taste)
    ? [homeQuery, forYouQuery({ kind: 'visitor', taste }, NO_WISHES)]
    : [homeQuery, pickerPoolQuery, moviesQuery(null, 'WEIGHTED_RATING_DESC').query];
}

/** Shows films for the visitor: by the account, by picks, or the way to pick some; and rows below. */
export default function Home() {
  const { t } = useLingui();
  const { session } = useSession();
  const { data, error, loading, refetch } = useQuery(...homeQuery);
  if (loading && !data) return <HomeLoading />;
  if (!data?.genres) {
    return (
      <>
        <PageHeading>
          <Trans>Films</Trans>
        </PageHeading>
        <QueryError error={error} onRetry={() => refetch()} title={t`The films did not load`} />
      </>
    );
  }
  if (data.dataset === null && !error) {
    return (
      <>
        <PageHeading>
          <Trans>No films yet</Trans>
        </PageHeading>
        <EmptyState title={t`The database is empty`}>
          <Trans>Import a data set, then reload this page.</Trans>
        </EmptyState>
      </>
    );
  }
  const catalogue = { genres: data.genres, dataset: data.dataset };
  return (
    <div className="stack">
      <BackToGroup />
      <FirstTraining hasModel={data.model !== null} />
      {session ? <ViewerHome catalogue={catalogue} /> : <VisitorHome catalogue={catalogue} />}
    </div>
  );
}

function HomeLoading() {
  return (
    <div className="stack">
      <PageHeading className="visually-hidden">
        <Trans>Films</Trans>
      </PageHeading>
      <HeroSkeleton />
      <RowSkeleton />
      <RowSkeleton />
    </div>
  );
}
