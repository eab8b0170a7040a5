import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import {
  ButtonLink,
  EmptyState,
  GridSkeleton,
  ListSection,
  MovieGrid,
  PageHeading,
  useAnswer,
  usePagedList,
} from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { PATHS } from '../../routing/paths.ts';
import { useSession } from '../../session/session.ts';
import { signInPath } from '../../session/signInPath.ts';
import styles from '../layout/pages.module.css';

const WatchlistQuery = graphql(/* GraphQL */ `
  query WatchlistPage($first: Int!, $after: String) {
    viewer {
      userId
      watchlist(first: $first, after: $after) {
        edges {
          cursor
          node {
            ...MovieCard
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  }
`);

const PAGE_SIZE = 24;

const watchlistQuery = pageQuery(WatchlistQuery, { first: PAGE_SIZE });

/** Lists the films that the visitor means to watch, the latest first. */
export default function Watchlist() {
  const { t } = useLingui();
  const { session } = useSession();
  return (
    <div className={styles.page}>
      {session ? (
        <Films />
      ) : (
        <>
          <PageHeading title={t`Watchlist`}>
            <Trans>Watchlist</Trans>
          </PageHeading>
          <EmptyState
            title={t`Your watchlist belongs to your account.`}
            action={
              <ButtonLink to={signInPath(PATHS.watchlist)}>
                <Trans>Sign in</Trans>
              </ButtonLink>
            }
          >
            <Trans>Sign in, and keep the films that you mean to watch here.</Trans>
          </EmptyState>
        </>
      )}
    </div>
  );
}

function Films() {
  const { t } = useLingui();
  const answer = useAnswer(useQuery(...watchlistQuery));
  const connection = answer.data?.viewer?.watchlist;
  const list = usePagedList({ result: answer, connection, pageSize: PAGE_SIZE });
  return (
    <>
      <header className={styles.head}>
        <div>
          <PageHeading title={t`Watchlist`}>
            <Trans>Watchlist</Trans>
          </PageHeading>
          <p className={styles.lead}>
            {connection ? (
              <Plural
                value={connection.totalCount}
                _0="Nothing kept yet"
                one="# film to watch, the latest first"
                other="# films to watch, the latest first"
              />
            ) : (
              '\u00a0'
            )}
          </p>
        </div>
      </header>
      <ListSection
        list={list}
        total={connection?.totalCount}
        skeleton={<GridSkeleton count={12} />}
        errorTitle={t`Your watchlist did not load`}
        empty={
          <EmptyState
            title={t`There is nothing on your watchlist.`}
            action={
              <ButtonLink to={PATHS.home}>
                <Trans>Find films</Trans>
              </ButtonLink>
            }
          >
            <Trans>Keep a film for later by the bookmark on its poster, or by the key W.</Trans>
          </EmptyState>
        }
      >
        {(edges) => (
          <MovieGrid
            items={edges.map(({ node }) => ({ movie: node }))}
            label={t`Films on your watchlist`}
            eagerCount={6}
            withDismissed
          />
        )}
      </ListSection>
    </>
  );
}
