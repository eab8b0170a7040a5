import type { Movie, User } from '@pocketrocket/schema';
import { AppError } from '@pocketrocket/runtime';
import {
  addMark,
  dismissMovies,
  lockUser,
  MovieEntity,
  removeMark,
  restoreMovies,
  UserEntity,
  type Database,
} from '@pocketrocket/schema/database';
import type { EntityManager } from 'typeorm';
import { requireAccount, requireUser } from '../accounts/viewer.ts';
import type { Changes } from '../changes/changes.ts';
import { writeInTransaction } from '../database/retry.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';

type Change = (
  manager: EntityManager,
  userId: number,
  movieIds: readonly number[],
  atSeconds: number,
) => Promise<unknown>;

/** The ways to mark a movie; each again changes nothing. */
const CHANGES = {
  dismiss: dismissMovies,
  restore: restoreMovies,
  addToWatchlist: (manager, ...rest) => addMark(manager, 'watchlist', ...rest),
  removeFromWatchlist: (manager, userId, movieIds) => removeMark(manager, 'watchlist', userId, movieIds),
} satisfies Record<string, Change>;

/**
 * Dismisses or restores a movie, puts it on the viewer's watchlist or takes it off.
 * @throws AppError NOT_FOUND; UNAUTHENTICATED when the account is gone
 */
export async function markMovie(
  { database, changes }: { database: Database; changes: Changes },
  scope: RequestScope,
  { userId, movieId, change }: { userId: number; movieId: number; change: keyof typeof CHANGES },
  deadline: Deadline,
): Promise<{ movie: Movie; user: User }> {
  const write: Change = CHANGES[change];
  const isThere = await writeInTransaction(database, deadline, async (manager) => {
    // Before anything is read: what is read afterwards is the latest.
    await lockUser(manager, userId);
    requireAccount(await manager.findOneBy(UserEntity, { userId }));
    if (!(await manager.existsBy(MovieEntity, { movieId }))) return false;
    await write(manager, userId, [movieId], nowSeconds());
    return true;
  });
  changes.announce({ userId });
  scope.clear();
  const [movie, user] = await Promise.all([
    isThere ? scope.movies.load(movieId) : null,
    requireUser(scope, userId),
  ]);
  if (!movie) throw new AppError('NOT_FOUND', `movie ${movieId} does not exist`);
  return { movie, user };
}
