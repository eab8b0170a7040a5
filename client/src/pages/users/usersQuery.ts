import type { UserOrder } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { oneOf } from '../../routing/addressState.ts';
import { pageQuery } from '../../routing/pageQuery.ts';

const UsersQuery = graphql(/* GraphQL */ `
  query UsersPage($orderBy: UserOrder!, $first: Int!, $after: String) {
    users(orderBy: $orderBy, first: $first, after: $after) {
      edges {
        cursor
        node {
          ...ListedUser
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

export const PEOPLE_PAGE_SIZE = 48;

export const orderOf = (search: URLSearchParams): UserOrder =>
  oneOf(['RATING_COUNT_DESC', 'USER_ID_ASC'], search.get('order'));

/** The first page of people, in the address's order. */
export const usersQuery = (search: URLSearchParams) =>
  pageQuery(UsersQuery, { orderBy: orderOf(search), first: PEOPLE_PAGE_SIZE });
