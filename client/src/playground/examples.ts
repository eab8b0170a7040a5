/** A query to start from; its operation's name becomes the tab's. */
interface ExampleQuery {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export const EXAMPLES: readonly ExampleQuery[] = [
  {
    query: `# The best-rated films of a genre, page by page:
# pass pageInfo.endCursor as "after" for the next one.
query MoviesByGenre($genre: String!, $after: String) {
  genre(name: $genre) {
    name
    movieCount
    movies(first: 10, after: $after) {
      nodes {
        movieId
        title
        releaseYear
        weightedRating
        ratingCount
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
`,
    variables: { genre: 'Sci-Fi' },
  },
  {
    query: `# A film with those most like it and the people who like it most.
query MovieWithSimilar($movieId: Int!) {
  movie(movieId: $movieId) {
    title
    releaseYear
    averageRating
    genres {
      name
    }
    similar(first: 10) {
      similarity
      movie {
        movieId
        title
        releaseYear
      }
    }
    fans {
      userId
      name
    }
  }
}
`,
    variables: { movieId: 1 },
  },
  {
    query: `# What a user should watch next, why, and how the list was made.
query UserRecommendations($userId: Int!) {
  user(userId: $userId) {
    name
    ratingCount
    favouriteGenre {
      name
    }
    recommendations(first: 10) {
      nodes {
        rank
        score
        movie {
          movieId
          title
          releaseYear
        }
        reasons {
          weight
          movie {
            title
          }
        }
      }
      served {
        ranker
        candidateCount
        degraded
        degradedReason
      }
    }
  }
}
`,
    variables: { userId: 1 },
  },
  {
    query: `# Recommendations for a taste given with the request: no account, nothing stored.
# "diversity" from 0 to 1 trades a little score for variety.
query RecommendForTaste($ratings: [RatingInput!]!, $filter: MovieFilter, $diversity: Float!) {
  recommendFor(ratings: $ratings, first: 10, filter: $filter, diversity: $diversity) {
    nodes {
      rank
      score
      movie {
        title
        releaseYear
        genres {
          name
        }
      }
      reasons {
        movie {
          title
        }
      }
    }
    served {
      ranker
      degradedReason
    }
  }
}
`,
    variables: {
      ratings: [
        { movieId: 1, rating: 5 },
        { movieId: 2, rating: 4.5 },
        { movieId: 3, rating: 1 },
      ],
      filter: { yearFrom: 1980 },
      diversity: 0.2,
    },
  },
  {
    query: `# Titles as people type them: case, accents, a leading article and small typos do not matter.
query SearchMovies($query: String!) {
  searchMovies(query: $query, first: 5) {
    movieId
    title
    releaseYear
    genres {
      name
    }
  }
}
`,
    variables: { query: 'godfahter' },
  },
];
