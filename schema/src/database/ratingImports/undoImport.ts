import type { EntityManager } from 'typeorm';
import type { RatingShare } from '../aggregates.ts';
import { lockMovies, lockUser } from '../rowLocks.ts';
import { changeRatings, type RatingStep, type StoredRating } from './changeRatings.ts';
import { isSame, MAX_IMPORT_ROWS } from './importRatings.ts';
import {
  datasetOf,
  findImport,
  forgetImported,
  importedOf,
  ratingsOf,
  type Imported,
} from './importTables.ts';
import { placeholders } from './statements.ts';

/** The outcome of undoing a batch. */
export type UndoneBatch =
  | { status: 'noImport' }
  | { status: 'otherDataset' }
  | {
      status: 'undone';
      /** Ratings that were taken back. */
      numRestored: number;
      /** Ratings that the person has changed since, which stay. */
      numKept: number;
      /** False once nothing of the import is left. */
      hasMore: boolean;
      /** Number and sum of ratings of each movie that changed. */
      movies: Map<number, RatingShare>;
    };

/**
 * Takes back a batch of what an import wrote; within a transaction, to be called until nothing is left. Where a rating still stands as
 * it was imported, the one before it comes back; from the first batch on the import takes no more ratings.
 */
export async function undoImport(
  manager: EntityManager,
  { userId, importId, nowSeconds }: { userId: number; importId: string; nowSeconds: number },
): Promise<UndoneBatch> {
  const own = { userId, importId };
  // Before anything is read: what is read afterwards is the latest.
  await lockUser(manager, userId);
  const held = await findImport(manager, userId, importId);
  if (!held) return { status: 'noImport' };
  const rows = await manager.query<{ movieId: number }[]>(
    'SELECT movieId FROM imported_rating WHERE userId = ? AND importId = ? ORDER BY movieId LIMIT ?',
    [userId, importId, MAX_IMPORT_ROWS],
  );
  const movieIds = rows.map(({ movieId }) => movieId);
  const dataset = await datasetOf(manager);
  if (movieIds.length > 0 && held.dataset !== dataset?.identity) return { status: 'otherDataset' };
  if (held.undoneAtSeconds === null)
    await manager.query('UPDATE rating_import SET undoneAtSeconds = ? WHERE userId = ? AND importId = ?', [
      nowSeconds,
      userId,
      importId,
    ]);
  if (movieIds.length > 0) await lockMovies(manager, movieIds);
  const imported = await importedOf(manager, own, movieIds);
  const current = await ratingsOf(manager, userId, movieIds);
  const steps = stepsBack(current, imported);
  const movies = await changeRatings(manager, userId, steps, dataset?.meanRating ?? 0);
  await forgetImported(manager, own, movieIds);
  await passOn(manager, userId, imported);
  return {
    status: 'undone',
    numRestored: steps.size,
    numKept: [...imported].filter(([movieId, one]) => isOther(current.get(movieId) ?? null, one)).length,
    hasMore: movieIds.length === MAX_IMPORT_ROWS,
    movies,
  };
}

function stepsBack(
  current: ReadonlyMap<number, StoredRating>,
  imported: ReadonlyMap<number, Imported>,
): Map<number, RatingStep> {
  const steps = new Map<number, RatingStep>();
  for (const [movieId, { imported: own, before }] of imported) {
    const from = current.get(movieId);
    if (from && isSame(from, own) && !(before && isSame(before, own)))
      steps.set(movieId, { from, to: before });
  }
  return steps;
}

/** True where a rating is neither what the import brought nor what it found. */
function isOther(current: StoredRating | null, { imported, before }: Imported): boolean {
  if (current === null) return before !== null;
  return !isSame(current, imported) && !(before && isSame(current, before));
}

/** Lets later imports that replaced an undone rating give back what was there before both. */
async function passOn(
  manager: EntityManager,
  userId: number,
  undone: ReadonlyMap<number, Imported>,
): Promise<void> {
  if (undone.size === 0) return;
  const others = await manager.query<
    { importId: string; movieId: number; beforeHalfStars: number; beforeRatedAtSeconds: number | null }[]
  >(
    `SELECT importId, movieId, beforeHalfStars, beforeRatedAtSeconds FROM imported_rating
     WHERE userId = ? AND beforeHalfStars IS NOT NULL AND movieId IN (${placeholders([...undone.keys()])})`,
    [userId, ...undone.keys()],
  );
  for (const { importId, movieId, beforeHalfStars, beforeRatedAtSeconds } of others) {
    const one = undone.get(movieId);
    if (!one || !isSame(one.imported, { halfStars: beforeHalfStars, ratedAtSeconds: beforeRatedAtSeconds }))
      continue;
    await manager.query(
      'UPDATE imported_rating SET beforeHalfStars = ?, beforeRatedAtSeconds = ? WHERE userId = ? AND importId = ? AND movieId = ?',
      [one.before?.halfStars ?? null, one.before?.ratedAtSeconds ?? null, userId, importId, movieId],
    );
  }
}
