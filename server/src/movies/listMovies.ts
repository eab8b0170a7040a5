import type { CountedConnection, Genre, Movie, MovieFilter, MovieOrder } from '@pocketrocket/schema';
import { toCountedConnection, toSliceRequest, type PageArguments } from '../arguments/connections.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import { resolveFilter } from '../catalogue/movieFilter.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { MOVIE_ORDERS, type MovieRepository } from './movieRepository.ts';

/** A page of the movies that pass a filter. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function listMovies(
  deps: { movies: MovieRepository; catalogue: CatalogueSource },
  { filter, ...page }: PageArguments<MovieOrder> & { filter?: MovieFilter | null },
): Promise<CountedConnection<Movie>> {
  const request = toSliceRequest(page, MOVIE_ORDERS);
  const resolved = resolveFilter(filter, deps.catalogue.current());
  const [slice, totalCount] = await Promise.all([
    deps.movies.slice(resolved, request),
    deps.movies.count(resolved),
  ]);
  return toCountedConnection(slice, request, totalCount);
}

/** A page of a genre's movies. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function listMoviesOfGenre(
  scope: RequestScope,
  genre: Genre,
  page: PageArguments<MovieOrder>,
): Promise<CountedConnection<Movie>> {
  const request = toSliceRequest(page, MOVIE_ORDERS);
  const slice = await scope.moviesOfGenre(request).load(genre.genreId);
  return toCountedConnection(slice, request, genre.movieCount);
}
