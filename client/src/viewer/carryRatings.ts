import type { ApolloClient } from '@apollo/client';
import { graphql } from '../gql/index.ts';
import type { RatingInput } from '../gql/graphql.ts';

const RatedAlready = graphql(/* GraphQL */ `
  query RatedAlready($movieIds: [Int!]!) {
    moviesByIds(movieIds: $movieIds) {
      movieId
      viewerRating
    }
  }
`);

const CarryRatings = graphql(/* GraphQL */ `
  mutation CarryRatings($ratings: [RatingInput!]!) {
    rateMovies(ratings: $ratings) {
      user {
        ...RatingUser
      }
    }
  }
`);

/** As many as the API takes at once. */
const MOST_AT_ONCE = 500;

/** Makes ratings the account's, but for films that it has rated already. @throws what the API or the network says */
export async function carryRatings(client: ApolloClient, ratings: readonly RatingInput[]): Promise<void> {
  for (let start = 0; start < ratings.length; start += MOST_AT_ONCE) {
    const some = ratings.slice(start, start + MOST_AT_ONCE);
    const { data } = await client.query({
      query: RatedAlready,
      variables: { movieIds: some.map(({ movieId }) => movieId) },
      fetchPolicy: 'network-only',
      errorPolicy: 'none',
      context: { isPassing: true },
    });
    // A rating of the account says more than a pick.
    const unrated = new Set(
      data?.moviesByIds.flatMap((movie) => (movie?.viewerRating === null ? [movie.movieId] : [])),
    );
    const left = some.filter(({ movieId }) => unrated.has(movieId));
    if (left.length > 0) await client.mutate({ mutation: CarryRatings, variables: { ratings: left } });
  }
}
