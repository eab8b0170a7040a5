import { FIRST_MAPPED_ID, imdbIdOf } from '@pocketrocket/formats';
import type { Movie } from '@pocketrocket/schema';
import { checkOnlyOne, refuse } from '../arguments/checks.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { RequestScope } from '../loaders/requestScope.ts';

/** Names one movie; exactly one of them is given. */
export interface MovieKey {
  movieId: number | null | undefined;
  /** As the data set's files write it. */
  externalId: string | null | undefined;
  /** Such as `tt0114709`. */
  imdbId: string | null | undefined;
  tmdbId: number | null | undefined;
}

/** The movie that is named; null where there is none. @throws AppError BAD_USER_INPUT for none or several keys */
export async function findMovie(
  deps: { catalogue: CatalogueSource },
  scope: RequestScope,
  key: MovieKey,
): Promise<Movie | null> {
  checkOnlyOne(key);
  const movieId = key.movieId ?? (await movieIdOf(deps.catalogue, scope, key));
  return movieId === null ? null : scope.movies.load(movieId);
}

async function movieIdOf(
  catalogue: CatalogueSource,
  scope: RequestScope,
  { externalId, imdbId, tmdbId }: MovieKey,
): Promise<number | null> {
  if (typeof externalId === 'string') return scope.movieIdOf.load(externalId);
  const matcher = await catalogue.matcher();
  return typeof tmdbId === 'number' ? matcher.ofTmdbId(tmdbId) : matcher.ofImdbId(checkImdbId(imdbId ?? ''));
}

/** IMDb's number of a title. @param place of its row among several @throws AppError BAD_USER_INPUT for what is no id */
export function checkImdbId(given: string, place?: number): number {
  const where = place === undefined ? 'this is' : `that of row ${place + 1} is`;
  return imdbIdOf(given) ?? refuse(`an IMDb id is written like tt0114709; ${where} “${given.slice(0, 40)}”`);
}

/** The movie's id as the data set's files write it. */
export function externalIdOfMovie(scope: RequestScope, movieId: number): string | Promise<string> {
  return movieId < FIRST_MAPPED_ID ? String(movieId) : scope.externalIdOfMovie.load(movieId);
}
