import { graphql } from '../../gql/index.ts';
import { pageQuery } from '../../routing/pageQuery.ts';

const ComparisonQuery = graphql(/* GraphQL */ `
  query Comparison($one: Int!, $other: Int!, $first: Int!, $members: [RecommendForInput!]!) {
    one: user(userId: $one) {
      ...ComparedUser
    }
    other: user(userId: $other) {
      ...ComparedUser
    }
    compareUsers(userId: $one, otherUserId: $other, first: $first) {
      similarity
      commonCount
      agreements {
        ...RatingPair
      }
      disagreements {
        ...RatingPair
      }
      genres {
        ...ComparedGenre
      }
    }
    recommendForGroup(members: $members, first: 12) {
      nodes {
        movie {
          ...MovieCard
        }
      }
    }
  }
`);

const PAIRS_SHOWN = 8;

/** Two people side by side, and films for both. */
export const comparisonQuery = (one: number, other: number) =>
  pageQuery(ComparisonQuery, {
    one,
    other,
    first: PAIRS_SHOWN,
    members: [{ userId: one }, { userId: other }],
  });
