import { graphql } from '../../../gql/index.ts';

export const AccountFragment = graphql(/* GraphQL */ `
  fragment AdminAccount on AccountOverview {
    userId
    name
    email
    emailConfirmed
    role
    sharesRatings
    ratingCount
    sessionCount
    createdAt
  }
`);

export const AccountsQuery = graphql(/* GraphQL */ `
  query AdminAccounts($query: String, $first: Int!, $after: String) {
    admin {
      accounts(query: $query, first: $first, after: $after) {
        totalCount
        edges {
          cursor
          node {
            ...AdminAccount
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

export const RoleChangesQuery = graphql(/* GraphQL */ `
  query AdminRoleChanges {
    roleChanges(first: 20) {
      changedAt
      changedBy
      role
      user {
        userId
        name
      }
    }
  }
`);

export const SetAccountRole = graphql(/* GraphQL */ `
  mutation SetAccountRole($userId: Int!, $role: AccountRole!) {
    setAccountRole(userId: $userId, role: $role) {
      ...AdminAccount
    }
  }
`);

export const EndSessions = graphql(/* GraphQL */ `
  mutation EndSessions($userId: Int!) {
    endSessions(userId: $userId) {
      ...AdminAccount
    }
  }
`);

export const DeleteAccount = graphql(/* GraphQL */ `
  mutation DeleteAccount($userId: Int!) {
    deleteAccount(userId: $userId)
  }
`);
