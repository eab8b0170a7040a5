import type { DeleteMoviesPayload, MovieInput, UpsertMoviesPayload } from '@pocketrocket/schema';
import {
  AppEntity,
  hideOverlayMovies,
  lockApp,
  namespaceOfApp,
  upsertOverlayMovies,
  type Database,
} from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import type { EntityManager } from 'typeorm';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { Changes } from '../changes/changes.ts';
import { writeInTransaction } from '../database/retry.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';
import { checkExternalIds, checkMovies } from './movieInput.ts';

interface CatalogueDeps {
  database: Database;
  catalogue: CatalogueSource;
  changes: Changes;
}

/**
 * Writes movies of an app beside the data set; everybody sees them, and lists propose them within seconds.
 * @throws AppError BAD_USER_INPUT; CONFLICT while there is no data set, or where a movie was deleted at the same time
 */
export async function upsertMovies(
  deps: CatalogueDeps,
  scope: RequestScope,
  { appId, movies }: { appId: string; movies: readonly MovieInput[] },
  deadline: Deadline,
): Promise<UpsertMoviesPayload> {
  const films = checkMovies(movies);
  if (films.length === 0) return { createdCount: 0, updatedCount: 0, movies: [] };
  const outcome = await writeForApp(deps.database, appId, deadline, (manager) =>
    upsertOverlayMovies(manager, namespaceOfApp(appId), films, nowSeconds()),
  );
  if (outcome.status === 'noDataset')
    throw new AppError(
      'CONFLICT',
      'the database holds no data set yet, beside which movies could stand: import one with npm run seed',
    );
  const { movieIds, createdCount, updatedCount, changedUserIds } = outcome;
  forgetRead(deps, scope, { movieIds, changedUserIds });
  const stored = await Promise.all(movieIds.map((movieId) => scope.movies.load(movieId)));
  return {
    createdCount,
    updatedCount,
    movies: stored.map(
      (movie) =>
        movie ?? refuseGone('a movie was deleted while it was written; the others are written: try again'),
    ),
  };
}

/** Takes movies of an app out of everybody's sight, until they are written again. @throws AppError BAD_USER_INPUT */
export async function deleteMovies(
  deps: CatalogueDeps,
  scope: RequestScope,
  { appId, externalIds }: { appId: string; externalIds: readonly string[] },
  deadline: Deadline,
): Promise<DeleteMoviesPayload> {
  const checked = checkExternalIds(externalIds);
  if (checked.length === 0) return { deletedCount: 0, unknownExternalIds: [] };
  const { changedUserIds, ...payload } = await writeForApp(deps.database, appId, deadline, (manager) =>
    hideOverlayMovies(manager, namespaceOfApp(appId), checked, nowSeconds()),
  );
  forgetRead(deps, scope, { movieIds: [], changedUserIds });
  return payload;
}

/** Writes in a transaction, while the app is not deleted and no import replaces the data set. @throws AppError UNAUTHENTICATED */
function writeForApp<T>(
  database: Database,
  appId: string,
  deadline: Deadline,
  write: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  return writeInTransaction(database, deadline, async (manager) => {
    await lockApp(manager, appId);
    const written = await write(manager);
    if (!(await manager.existsBy(AppEntity, { appId })))
      throw new AppError('UNAUTHENTICATED', 'the app of this key was deleted');
    return written;
  });
}

function forgetRead(
  { catalogue, changes }: CatalogueDeps,
  scope: RequestScope,
  { movieIds, changedUserIds }: { movieIds: readonly number[]; changedUserIds: readonly number[] },
): void {
  scope.clear();
  for (const movieId of movieIds) scope.freshMovies.add(movieId);
  for (const userId of changedUserIds) changes.announce({ userId });
  catalogue.lookSoon();
}

function refuseGone(reason: string): never {
  throw new AppError('CONFLICT', reason);
}
