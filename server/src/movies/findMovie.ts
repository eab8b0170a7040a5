import { FIRST_MAPPED_ID } from '@pocketrocket/formats';
import type { Movie } from '@pocketrocket/schema';
import { checkOnlyOne } from '../arguments/checks.ts';
import type { RequestScope } from '../loaders/requestScope.ts';

/** Names one movie; exactly one of them is given. */
export interface MovieKey {
  movieId: number | null | undefined;
  /** As the data set's files write it. */
  externalId: string | null | undefined;
}

/** The movie that is named; null where there is none. @throws AppError BAD_USER_INPUT for none or several keys */
export async function findMovie(scope: RequestScope, key: MovieKey): Promise<Movie | null> {
  checkOnlyOne(key);
  const movieId = key.movieId ?? (await scope.movieIdOf.load(key.externalId ?? ''));
  return movieId === null ? null : scope.movies.load(movieId);
}

/** The movie's id as the data set's files write it. */
export function externalIdOfMovie(scope: RequestScope, movieId: number): string | Promise<string> {
  return movieId < FIRST_MAPPED_ID ? String(movieId) : scope.externalIdOfMovie.load(movieId);
}
