import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';

const UserQuery = graphql(/* GraphQL */ `
  query UserPage($userId: Int!) {
    user(userId: $userId) {
      userId
      name
      sharesRatings
      ...UserStatistics
    }
    genres {
      name
    }
  }
`);

/** A person, and the genres to choose from. */
export const userQuery = (userId: number) => pageQuery(UserQuery, { userId });
