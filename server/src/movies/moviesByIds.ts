import type { Movie } from '@pocketrocket/schema';
import { namespaceOfApp } from '@pocketrocket/schema/database';
import { checkEntries, checkOnlyOne } from '../arguments/checks.ts';
import type { RequestScope } from '../loaders/requestScope.ts';

/** The app that asks; null without a key. */
export type AskingApp = { appId: string } | null;

/**
 * Movies by their ids, in the order asked; null for what is none.
 * @throws AppError BAD_USER_INPUT for none or both of the lists, and for more than 500 ids
 */
export async function moviesByIds(
  scope: RequestScope,
  app: AskingApp,
  lists: {
    movieIds: readonly number[] | null | undefined;
    externalIds: readonly string[] | null | undefined;
  },
): Promise<(Movie | null)[]> {
  checkOnlyOne(lists);
  const { movieIds, externalIds } = lists;
  checkEntries(movieIds ?? externalIds, movieIds ? 'movieIds' : 'externalIds');
  const numbers =
    movieIds ?? (await Promise.all((externalIds ?? []).map((id) => movieIdOfExternal(scope, app, id))));
  return Promise.all(numbers.map(async (movieId) => (movieId === null ? null : scope.movies.load(movieId))));
}

/** The movie of an id: as the app that asks gave it, else as the data set's files write it. */
export async function movieIdOfExternal(
  scope: RequestScope,
  app: AskingApp,
  externalId: string,
): Promise<number | null> {
  const ofApp = app && (await scope.appMovieIdOf(namespaceOfApp(app.appId)).load(externalId));
  return ofApp ?? scope.movieIdOf.load(externalId);
}
