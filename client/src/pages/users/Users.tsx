import { useQuery } from '@apollo/client/react';
import {
  EmptyState,
  formatNumbered,
  ListSection,
  PageHeading,
  Select,
  usePagedList,
  UserCard,
} from '../../components/index.ts';
import type { UserOrder } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { oneOf, useAddressState } from '../../routing/addressState.ts';
import { pageQuery, type PageAddress } from '../../routing/pageQuery.ts';
import pages from '../layout/pages.module.css';
import styles from './Users.module.css';

const UsersQuery = graphql(/* GraphQL */ `
  query UsersPage($orderBy: UserOrder!, $first: Int!, $after: String) {
    users(orderBy: $orderBy, first: $first, after: $after) {
      edges {
        cursor
        node {
          ...UserCard
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

const orderOf = (search: URLSearchParams): UserOrder =>
  oneOf(['RATING_COUNT_DESC', 'USER_ID_ASC'], search.get('order'));

const usersQuery = (search: URLSearchParams) =>
  pageQuery(UsersQuery, { orderBy: orderOf(search), first: PAGE_SIZE });

export const queries = ({ search }: PageAddress) => [usersQuery(search)];

/** Lists the people whose ratings train the model. */
export default function Users() {
  const { search, updateSearch } = useAddressState();
  const result = useQuery(...usersQuery(search));
  const users = result.data?.users;
  const list = usePagedList({ result, connection: users, pageSize: PAGE_SIZE });
  return (
    <div className={pages.page}>
      <header className={pages.head}>
        <div>
          <PageHeading title="People">People</PageHeading>
          <p className={pages.lead}>
            {users ? formatNumbered(users.totalCount, 'person', 'people') : '\u00a0'}
          </p>
        </div>
        <Select
          label="Sort by"
          value={orderOf(search)}
          options={ORDERS}
          onChange={(order) =>
            updateSearch({ order: order === 'RATING_COUNT_DESC' ? null : order, shown: null })
          }
        />
      </header>
      <ListSection
        list={list}
        total={users?.totalCount}
        noun="people"
        skeleton={<UsersLoading />}
        empty={<EmptyState title="There are no ratings yet." />}
        errorTitle="The people did not load"
      >
        {(edges) => (
          <ul className={styles.people} aria-label="People">
            {edges.map(({ node }) => (
              <li key={node.userId}>
                <UserCard user={node} favouriteGenre={node.favouriteGenre?.name} />
              </li>
            ))}
          </ul>
        )}
      </ListSection>
    </div>
  );
}

function UsersLoading() {
  return (
    <div className={styles.waiting} aria-busy="true">
      <p role="status">Loading people…</p>
    </div>
  );
}
