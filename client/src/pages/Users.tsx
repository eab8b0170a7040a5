import type { ApolloClient } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { oneOf, useAddressState } from '../routing/addressState.ts';
import { PageHeading } from '../components/page/PageHeading.tsx';
import { QueryError } from '../components/page/QueryError.tsx';
import type { PageAddress } from '../app/routes.ts';
import { Select } from '../components/controls/Select.tsx';
import { useShown } from '../components/list/useShown.ts';
import { EmptyState, formatNumbered, LoadMore, UserCard } from '../components/index.ts';
import { graphql } from '../gql/index.ts';
import type { UserOrder } from '../gql/graphql.ts';
import pages from './pages.module.css';
import styles from './Users.module.css';

const UsersQuery = graphql(/* GraphQL */ `
  query UsersPage($orderBy: UserOrder!, $first: Int!, $after: String) {
    users(orderBy: $orderBy, first: $first, after: $after) {
      edges {
        cursor
        node {
          userId
          name
          ratingCount
          averageRating
          favouriteGenre {
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`);

const PAGE_SIZE = 48;

const ORDERS = {
  RATING_COUNT_DESC: 'Most ratings first',
  USER_ID_ASC: 'By number',
} as const satisfies Record<UserOrder, string>;

const variablesOf = (search: URLSearchParams) => ({
  orderBy: oneOf(['RATING_COUNT_DESC', 'USER_ID_ASC'], search.get('order')),
  first: PAGE_SIZE,
});

export function preload(client: ApolloClient, { search }: PageAddress): void {
  void client.query({ query: UsersQuery, variables: variablesOf(search) });
}

/** The people whose ratings the portal learns from. */
export default function Users() {
  const { search, change } = useAddressState();
  const variables = variablesOf(search);
  const { data, error, loading, refetch, fetchMore } = useQuery(UsersQuery, { variables });
  const list = useShown({
    connection: data?.users,
    pageSize: PAGE_SIZE,
    fetchMore: (page) => fetchMore({ variables: page, errorPolicy: 'all' }),
  });
  return (
    <div className={pages.page}>
      <header className={pages.head}>
        <div>
          <PageHeading title="People">People</PageHeading>
          <p className={pages.lead}>
            {data?.users ? formatNumbered(data.users.totalCount, 'person', 'people') : '\u00a0'}
          </p>
        </div>
        <Select
          label="Order"
          value={variables.orderBy}
          options={ORDERS}
          onChange={(order) => change({ order: order === 'RATING_COUNT_DESC' ? null : order, shown: null })}
        />
      </header>
      {data?.users && data.users.totalCount === 0 ? (
        <EmptyState title="Nobody has rated anything yet." />
      ) : data?.users ? (
        <>
          <ul className={styles.people} aria-label="People">
            {list.edges.map(({ node }) => (
              <li key={node.userId}>
                <UserCard user={node} />
              </li>
            ))}
          </ul>
          {list.error && <QueryError error={list.error} onRetry={async () => list.showMore()} />}
          <LoadMore
            shown={list.edges.length}
            total={data.users.totalCount}
            hasNextPage={list.hasMore}
            loading={list.loading}
            onLoadMore={list.showMore}
            noun="people"
          />
        </>
      ) : loading ? (
        <UsersLoading />
      ) : (
        <QueryError error={error} onRetry={() => refetch()} title="The people did not load" />
      )}
    </div>
  );
}

export function UsersLoading() {
  return (
    <div className={styles.waiting} aria-busy="true">
      <p role="status">Loading people…</p>
    </div>
  );
}
