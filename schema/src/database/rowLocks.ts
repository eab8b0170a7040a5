import type { EntityManager } from 'typeorm';
import { FIRST_APP_USER_ID } from './entities/appUser.ts';
import { placeholders } from './statements.ts';

/*
 * Writes that change nothing lock rows on either database until the transaction ends; what is read afterwards is the latest. Whoever
 * needs several locks takes them in this order: app, account, user, movie.
 */

/** Locks an account. */
export async function lockAccount(manager: EntityManager, userId: number): Promise<void> {
  await manager.query('UPDATE account SET createdAtSeconds = createdAtSeconds WHERE userId = ?', [userId]);
}

/** Locks a user. While an import holds the account's row, the other tables are about to be replaced: it comes first. */
export async function lockUser(manager: EntityManager, userId: number): Promise<void> {
  // Users of apps have none; to look for it would lock, on MySQL, the place of the next account.
  if (userId < FIRST_APP_USER_ID) await lockAccount(manager, userId);
  await manager.query('UPDATE user SET ratingCount = ratingCount WHERE userId = ?', [userId]);
}

/** Locks an app with all that belongs to it: writes for one app come one after the other, and none while an import holds the row. */
export async function lockApp(manager: EntityManager, appId: string): Promise<void> {
  await manager.query('UPDATE app SET createdAtSeconds = createdAtSeconds WHERE appId = ?', [appId]);
}

/** Locks movies, ascending. */
export async function lockMovies(manager: EntityManager, movieIds: readonly number[]): Promise<void> {
  await manager.query(
    `UPDATE movie SET ratingCount = ratingCount WHERE movieId IN (${placeholders(movieIds)})`,
    movieIds.toSorted((a, b) => a - b),
  );
}

/** Locks a movie. */
export async function lockMovie(manager: EntityManager, movieId: number): Promise<void> {
  await manager.query('UPDATE movie SET ratingCount = ratingCount WHERE movieId = ?', [movieId]);
}
