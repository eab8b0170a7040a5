import { graphql } from '../gql/index.ts';

/** What a card and a poster need of a movie. */
export const MovieCardFragment = graphql(/* GraphQL */ `
  fragment MovieCard on Movie {
    movieId
    title
    releaseYear
    genres {
      name
    }
    posterUrl
    averageRating
    ratingCount
  }
`);

/** How a recommended list was made, to be said in words. */
export const ServedNoteFragment = graphql(/* GraphQL */ `
  fragment ServedNote on Served {
    ranker
    degraded
    degradedReason
    modelVersion
  }
`);

/** A recommended movie with its main reasons. */
export const RecommendedFragment = graphql(/* GraphQL */ `
  fragment Recommended on Recommendation {
    rank
    score
    movie {
      ...MovieCard
    }
    reasons {
      weight
      movie {
        movieId
        title
        releaseYear
      }
    }
  }
`);
