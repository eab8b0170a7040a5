import type { ResultOf } from '@graphql-typed-document-node/core';
import type { MovieFilter, MovieOrder } from '../../gql/graphql.ts';
import { graphql } from '../../gql/index.ts';
import { ratingsOf, type Taste } from '../../taste/taste.ts';
import { filmQuery, type FilmItem, type FilmQuery } from './filmQuery.ts';

/** A film of a row for somebody who is signed in: rated and dismissed ones are left out. */
export const MarkedFilmFragment = graphql(/* GraphQL */ `
  fragment MarkedFilm on Movie {
    ...MovieCard
    viewerRating
    isDismissed
  }
`);

const MoviesRowQuery = graphql(/* GraphQL */ `
  query HomeMoviesRow($filter: MovieFilter, $orderBy: MovieOrder!) {
    movies(filter: $filter, orderBy: $orderBy, first: 40) {
      edges {
        cursor
        node {
          ...MovieCard
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const PopularRowQuery = graphql(/* GraphQL */ `
  query HomePopularRow {
    popularNow(first: 60) {
      ...MovieCard
    }
  }
`);

const ViewerPopularRowQuery = graphql(/* GraphQL */ `
  query HomeViewerPopularRow {
    popularNow(first: 60) {
      ...MarkedFilm
    }
  }
`);

const SimilarRowQuery = graphql(/* GraphQL */ `
  query HomeSimilarRow($movieId: Int!) {
    movie(movieId: $movieId) {
      movieId
      similar(first: 60) {
        movie {
          ...MovieCard
        }
      }
    }
  }
`);

const ViewerSimilarRowQuery = graphql(/* GraphQL */ `
  query HomeViewerSimilarRow($movieId: Int!) {
    movie(movieId: $movieId) {
      movieId
      similar(first: 60) {
        movie {
          ...MarkedFilm
        }
      }
    }
  }
`);

const TasteRowQuery = graphql(/* GraphQL */ `
  query HomeTasteRow($ratings: [RatingInput!]!, $filter: MovieFilter!) {
    recommendFor(ratings: $ratings, filter: $filter, first: 40) {
      edges {
        cursor
        node {
          ...Recommended
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const ViewerRowQuery = graphql(/* GraphQL */ `
  query HomeViewerRow($filter: MovieFilter!) {
    viewer {
      userId
      recommendations(filter: $filter, first: 40) {
        edges {
          cursor
          node {
            ...Recommended
            movie {
              ...MarkedFilm
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        served {
          ratingsRevision
        }
      }
    }
  }
`);

const WatchlistRowQuery = graphql(/* GraphQL */ `
  query HomeWatchlistRow {
    viewer {
      userId
      watchlist(first: 20) {
        edges {
          cursor
          node {
            ...MarkedFilm
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

/** For whom rows are made: the signed-in viewer, or a visitor with a taste. */
export type Audience = { kind: 'viewer' } | { kind: 'visitor'; taste: Taste };

type Connection<Node> = { edges: readonly { node: Node }[] } | null | undefined;

const nodes = <Node>(connection: Connection<Node>): Node[] | undefined =>
  connection?.edges.map(({ node }) => node);

const items = (movies: readonly FilmItem['movie'][] | null | undefined): FilmItem[] | undefined =>
  movies?.map((movie) => ({ movie }));

/** All films that pass a filter, in an order that is the same for everybody. */
export const moviesQuery = (filter: MovieFilter | null, orderBy: MovieOrder): FilmQuery =>
  filmQuery(MoviesRowQuery, { filter, orderBy }, ({ movies }) => items(nodes(movies)));

export const popularQuery = ({ kind }: Audience): FilmQuery =>
  filmQuery(kind === 'viewer' ? ViewerPopularRowQuery : PopularRowQuery, {}, ({ popularNow }) =>
    items(popularNow),
  );

/** Films that the same people watch as one. */
export const similarQuery = ({ kind }: Audience, movieId: number): FilmQuery =>
  filmQuery(
    kind === 'viewer' ? ViewerSimilarRowQuery : SimilarRowQuery,
    { movieId },
    ({ movie }: ResultOf<typeof SimilarRowQuery>) => items(movie?.similar?.map((similar) => similar.movie)),
  );

/** The audience's own recommendations that pass a filter. */
export const recommendedQuery = (audience: Audience, filter: MovieFilter): FilmQuery =>
  audience.kind === 'viewer'
    ? filmQuery(ViewerRowQuery, { filter }, ({ viewer }) => nodes(viewer?.recommendations))
    : filmQuery(TasteRowQuery, { filter, ratings: ratingsOf(audience.taste) }, ({ recommendFor }) =>
        nodes(recommendFor),
      );

export const watchlistQuery = (): FilmQuery =>
  filmQuery(WatchlistRowQuery, {}, ({ viewer }) => items(nodes(viewer?.watchlist)));
