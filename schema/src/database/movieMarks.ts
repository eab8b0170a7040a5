import type { EntityManager } from 'typeorm';
import { insertRows, placeholders } from './statements.ts';

/** A mark that users put on movies: the table that keeps it, and its column of the time. */
const MARKS = {
  dismissed: { table: 'dismissed_movie', time: 'dismissedAtSeconds' },
  watchlist: { table: 'watchlist_movie', time: 'addedAtSeconds' },
} as const;

export type MovieMark = keyof typeof MARKS;

/** The table of a mark, and its column of the time. */
export function tableOfMark(mark: MovieMark): { table: string; time: string } {
  return MARKS[mark];
}

/**
 * Keeps movies out of all lists of a user, an account's or an app's, until they are restored; within a transaction that has locked the
 * user. Those dismissed before keep their time. Raises `user.ratingsVersion`; an app's user has a version of its own, which the caller
 * raises where anything changed.
 * @param movieIds at most some hundred; those that do not exist are passed over
 * @returns the movies that were not dismissed before
 */
export async function dismissMovies(
  manager: EntityManager,
  userId: number,
  movieIds: readonly number[],
  atSeconds: number,
): Promise<number[]> {
  const added = await addMark(manager, 'dismissed', userId, movieIds, atSeconds);
  if (added.length > 0) await raiseRatingsVersion(manager, userId);
  return added;
}

/** Takes {@link dismissMovies} back; within a transaction that has locked the user. @returns the movies that were dismissed */
export async function restoreMovies(
  manager: EntityManager,
  userId: number,
  movieIds: readonly number[],
): Promise<number[]> {
  const removed = await removeMark(manager, 'dismissed', userId, movieIds);
  if (removed.length > 0) await raiseRatingsVersion(manager, userId);
  return removed;
}

/** Marks movies that exist and are not marked; within a transaction that has locked the user. @returns those newly marked */
export async function addMark(
  manager: EntityManager,
  mark: MovieMark,
  userId: number,
  movieIds: readonly number[],
  atSeconds: number,
): Promise<number[]> {
  if (movieIds.length === 0) return [];
  const { table, time } = MARKS[mark];
  const asked = [...new Set(movieIds)];
  const known = await manager.query<{ movieId: number }[]>(
    `SELECT movieId FROM movie WHERE movieId IN (${placeholders(asked)})`,
    asked,
  );
  const marked = new Set(await markedOf(manager, mark, userId, asked));
  const added = known.flatMap(({ movieId }) => (marked.has(movieId) ? [] : [movieId]));
  const rows = added.map((movieId) => [userId, movieId, atSeconds]);
  await insertRows(manager, table, ['userId', 'movieId', time], rows);
  return added;
}

/** Takes a mark off movies; within a transaction that has locked the user. @returns those that had it */
export async function removeMark(
  manager: EntityManager,
  mark: MovieMark,
  userId: number,
  movieIds: readonly number[],
): Promise<number[]> {
  if (movieIds.length === 0) return [];
  // Of those that are there alone: on MySQL, deleting none would lock a gap that others insert into.
  const held = await markedOf(manager, mark, userId, movieIds);
  if (held.length > 0)
    await manager.query(
      `DELETE FROM ${MARKS[mark].table} WHERE userId = ? AND movieId IN (${placeholders(held)})`,
      [userId, ...held],
    );
  return held;
}

async function markedOf(
  manager: EntityManager,
  mark: MovieMark,
  userId: number,
  movieIds: readonly number[],
): Promise<number[]> {
  const rows = await manager.query<{ movieId: number }[]>(
    `SELECT movieId FROM ${MARKS[mark].table} WHERE userId = ? AND movieId IN (${placeholders(movieIds)})`,
    [userId, ...movieIds],
  );
  return rows.map(({ movieId }) => movieId);
}

async function raiseRatingsVersion(manager: EntityManager, userId: number): Promise<void> {
  await manager.query('UPDATE user SET ratingsVersion = ratingsVersion + 1 WHERE userId = ?', [userId]);
}
