import { useQuery } from '@apollo/client/react';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import {
  ButtonLink,
  EmptyState,
  GridSkeleton,
  ListSection,
  MovieGrid,
  useAnswer,
  usePagedList,
} from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';
import { PATHS } from '../../routing/paths.ts';
import pages from '../layout/pages.module.css';
import { OwnArea } from '../ownArea/OwnArea.tsx';

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

export { privateHead as head } from '../../routing/pageQuery.ts';

/** Lists the films that the visitor means to watch, the latest first. */
export default function Watchlist() {
  const { t } = useLingui();
  return <OwnArea title={t`Watchlist`}>{() => <Films />}</OwnArea>;
}

function Films() {
  const { t } = useLingui();
  const answer = useAnswer(useQuery(...watchlistQuery));
  const connection = answer.data?.viewer?.watchlist;
  const list = usePagedList({ result: answer, connection, pageSize: PAGE_SIZE });
  return (
    <>
      <p className={pages.lead}>
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
