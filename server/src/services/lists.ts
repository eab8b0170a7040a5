import {
  Rating,
  type Genre,
  type Movie,
  type MovieFilter,
  type MovieOrder,
  type RatingOrder,
  type User,
  type UserOrder,
  type CountedConnection,
} from '@pocketrocket/schema';
import type { MovieRepository } from '../repositories/movieRepository.ts';
import type { UserRepository } from '../repositories/userRepository.ts';
import type { CatalogueSource } from './catalogueSource.ts';
import { toCountedConnection, toSliceRequest, type PageArguments } from './connections.ts';
import { resolveFilter } from './movieFilter.ts';
import { hydrate } from './hydrate.ts';
import type { RequestScope } from './requestScope.ts';

/** A page of the movies that pass a filter. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function listMovies(
  deps: { movies: MovieRepository; catalogue: CatalogueSource },
  { filter, ...page }: PageArguments<MovieOrder> & { filter?: MovieFilter | null },
): Promise<CountedConnection<Movie>> {
  const request = toSliceRequest(page);
  const resolved = resolveFilter(filter, deps.catalogue.current());
  const [slice, totalCount] = await Promise.all([
    deps.movies.slice(resolved, request),
    deps.movies.count(resolved),
  ]);
  return toCountedConnection(slice, request, totalCount);
}

/** A page of all users. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function listUsers(
  deps: { users: UserRepository },
  page: PageArguments<UserOrder>,
): Promise<CountedConnection<User>> {
  const request = toSliceRequest(page);
  const [slice, totalCount] = await Promise.all([deps.users.slice(request), deps.users.count()]);
  return toCountedConnection(slice, request, totalCount);
}

/** A page of a genre's movies. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function listMoviesOfGenre(
  scope: RequestScope,
  genre: Genre,
  page: PageArguments<MovieOrder>,
): Promise<CountedConnection<Movie>> {
  const request = toSliceRequest(page);
  const slice = await scope.moviesOfGenre(request).load(genre.genreId);
  return toCountedConnection(slice, request, genre.movieCount);
}

/** A page of a user's ratings. @throws AppError BAD_USER_INPUT for arguments out of range */
export async function listRatingsOfUser(
  scope: RequestScope,
  user: User,
  page: PageArguments<RatingOrder>,
): Promise<CountedConnection<Rating>> {
  const request = toSliceRequest(page);
  const { entries, hasMore } = await scope.ratingsOfUser(request).load(user.userId);
  const rated = await hydrate(scope, entries, ({ node }) => node.movieId);
  const slice = {
    hasMore,
    entries: rated.map(({ of: { node, position }, movie }) => ({
      position,
      node: Object.assign(new Rating(), { user, movie, rating: node.rating, ratedAt: node.ratedAt }),
    })),
  };
  return toCountedConnection(slice, request, user.ratingCount);
}
