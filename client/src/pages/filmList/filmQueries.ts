import { graphql } from '../../gql/index.ts';

export const FilmsQuery = graphql(/* GraphQL */ `
  query Films($filter: MovieFilter, $orderBy: MovieOrder!, $first: Int!, $skip: Int!) {
    films: movies(filter: $filter, orderBy: $orderBy, first: $first, skip: $skip) {
      ...FilmPage
    }
  }
`);

export const FoundFilmsQuery = graphql(/* GraphQL */ `
  query FoundFilms(
    $query: String!
    $filter: MovieFilter
    $orderBy: MovieSearchOrder!
    $first: Int!
    $skip: Int!
  ) {
    films: movieSearch(query: $query, filter: $filter, orderBy: $orderBy, first: $first, skip: $skip) {
      ...FilmPage
    }
  }
`);

export const FilmPageFragment = graphql(/* GraphQL */ `
  fragment FilmPage on MovieConnection {
    edges {
      node {
        ...MovieCard
      }
    }
    totalCount
  }
`);

export const GenresQuery = graphql(/* GraphQL */ `
  query AllGenres {
    genres {
      ...GenreChip
    }
  }
`);
