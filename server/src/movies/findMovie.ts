import { FIRST_MAPPED_ID, imdbIdOf } from '@pocketrocket/formats';
import type { Movie } from '@pocketrocket/schema';
import { namespaceOfApp } from '@pocketrocket/schema/database';
import { checkOnlyOne, refuse } from '../arguments/checks.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { movieIdOfExternal, type AskingApp } from './moviesByIds.ts';

/** Names one movie; exactly one of them is given. */
export interface MovieKey {
  movieId: number | null | undefined;
  /** As the app that asks gave it, or as the data set's files write it. */
  externalId: string | null | undefined;
  /** Such as `tt0114709`. */
  imdbId: string | null | undefined;
  tmdbId: number | null | undefined;
}

/** The movie that is named; null where there is none. @throws AppError BAD_USER_INPUT for none or several keys */
export async function findMovie(scope: RequestScope, app: AskingApp, key: MovieKey): Promise<Movie | null> {
  checkOnlyOne(key);
  const movieId = key.movieId ?? (await movieIdOf(scope, app, key));
  return movieId === null ? null : scope.movies.load(movieId);
}

function movieIdOf(
  scope: RequestScope,
  app: AskingApp,
  { externalId, imdbId, tmdbId }: MovieKey,
): Promise<number | null> {
  if (typeof externalId === 'string') return movieIdOfExternal(scope, app, externalId);
  return typeof tmdbId === 'number'
    ? scope.movieIdOfLink('tmdbId').load(tmdbId)
    : scope.movieIdOfLink('imdbId').load(checkImdbId(imdbId ?? ''));
}

/** IMDb's number of a title. @param place of its row among several @throws AppError BAD_USER_INPUT for what is no id */
export function checkImdbId(given: string, place?: number): number {
  const where = place === undefined ? 'this is' : `that of row ${place + 1} is`;
  return imdbIdOf(given) ?? refuse(`an IMDb id is written like tt0114709; ${where} “${given.slice(0, 40)}”`);
}

/** The movie's id as the app that asks gave it, else as the data set's files write it. */
export async function externalIdOfMovie(
  scope: RequestScope,
  app: AskingApp,
  movieId: number,
): Promise<string> {
  const ofApp = app && (await scope.appIdOfMovie(namespaceOfApp(app.appId)).load(movieId));
  if (ofApp !== null) return ofApp;
  return movieId < FIRST_MAPPED_ID ? String(movieId) : scope.externalIdOfMovie.load(movieId);
}
