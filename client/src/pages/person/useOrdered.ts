import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import type { MovieSummary } from '../../components/index.ts';
import { graphql } from '../../gql/index.ts';
import { useSession } from '../../session/session.ts';

/** The first is that of the API. */
export const ORDERS = ['rated', 'forYou', 'newest'] as const;

export type PersonOrder = (typeof ORDERS)[number];

const PredictionsQuery = graphql(/* GraphQL */ `
  query PersonPredictions($movieIds: [Int!]) {
    moviesByIds(movieIds: $movieIds) {
      movieId
      viewerPrediction
    }
  }
`);

interface PersonFilm {
  movie: MovieSummary;
  roles: readonly string[];
}

/** A person's films in the order asked; `isPersonal` where somebody is signed in, whose taste can order them. */
export function useOrdered(
  movies: readonly PersonFilm[],
  order: PersonOrder,
): { films: readonly PersonFilm[]; isPersonal: boolean } {
  const { session } = useSession();
  const movieIds = useMemo(() => movies.map(({ movie }) => movie.movieId), [movies]);
  const { data } = useQuery(PredictionsQuery, {
    variables: { movieIds },
    skip: order !== 'forYou' || !session || movieIds.length === 0,
    ssr: false,
  });
  const films = useMemo(() => {
    if (order === 'newest')
      return [...movies].sort((one, other) => (other.movie.releaseYear ?? 0) - (one.movie.releaseYear ?? 0));
    const fit = new Map(data?.moviesByIds?.map((movie) => [movie?.movieId, movie?.viewerPrediction ?? -1]));
    const fitOf = ({ movie }: PersonFilm) => fit.get(movie.movieId) ?? -1;
    return order === 'forYou' ? [...movies].sort((one, other) => fitOf(other) - fitOf(one)) : movies;
  }, [movies, order, data]);
  return { films, isPersonal: session !== null };
}
