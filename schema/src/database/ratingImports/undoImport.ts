import type { EntityManager } from 'typeorm';
import type { RatingShare } from '../aggregates.ts';
import { lockMovies, lockUser } from '../rowLocks.ts';
import { changeRatings, type RatingStep, type StoredRating } from '../changeRatings.ts';
import { isSame, MAX_IMPORT_ROWS } from './importRatings.ts';
import {
  datasetOf,
  findImport,
  forgetImported,
  importedOf,
  ratingsOf,
  type Imported,
} from './importTables.ts';
import { placeholders } from '../statements.ts';

/** The outcome of undoing a batch. */
export type UndoneBatch =
  | { status: 'noImport' }
  | { status: 'otherDataset' }
  | {
      status: 'undone';
      /** Ratings that were taken back. */
      numRestored: number;
      /** Ratings that stay, as the person has changed them since or a later import brought them too. */
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
  const hidden = await ratingsOf(manager, userId, movieIds, 'hidden_rating');
  const followers = await followersOf(manager, own, imported);
  const heirs = heirsOf(followers, imported);
  const steps = stepsBack(current, imported, heirs);
  const hiddenSteps = stepsBack(hidden, imported, heirs);
  const movies = await changeRatings(manager, userId, steps, dataset?.meanRating ?? 0);
  await changeHidden(manager, userId, hiddenSteps);
  await forgetImported(manager, own, movieIds);
  await passOn(manager, userId, { imported, followers, heirs });
  const changed = [...steps.keys(), ...hiddenSteps.keys()];
  const numInherited = changed.filter((movieId) => heirs.has(movieId)).length;
  const numOther = [...imported].filter(([movieId, one]) =>
    isOther(current.get(movieId) ?? hidden.get(movieId) ?? null, one),
  ).length;
  return {
    status: 'undone',
    numRestored: changed.length - numInherited,
    numKept: numOther + numInherited,
    hasMore: movieIds.length === MAX_IMPORT_ROWS,
    movies,
  };
}

function stepsBack(
  current: ReadonlyMap<number, StoredRating>,
  imported: ReadonlyMap<number, Imported>,
  heirs: ReadonlyMap<number, Follower>,
): Map<number, RatingStep> {
  const steps = new Map<number, RatingStep>();
  for (const [movieId, { imported: own, before }] of imported) {
    const from = current.get(movieId);
    if (from && isSame(from, own) && !(before && isSame(before, own)))
      steps.set(movieId, { from, to: heirs.get(movieId)?.imported ?? before });
  }
  return steps;
}

/** The same for movies that an app has deleted: what counts for nothing comes back with them as it is then. */
async function changeHidden(
  manager: EntityManager,
  userId: number,
  steps: ReadonlyMap<number, RatingStep>,
): Promise<void> {
  for (const [movieId, { to }] of steps) {
    if (to)
      await manager.query(
        'UPDATE hidden_rating SET halfStars = ?, ratedAtSeconds = ? WHERE userId = ? AND movieId = ?',
        [to.halfStars, to.ratedAtSeconds, userId, movieId],
      );
    else await manager.query('DELETE FROM hidden_rating WHERE userId = ? AND movieId = ?', [userId, movieId]);
  }
}

/** True where a rating is neither what the import brought nor what it found. */
function isOther(current: StoredRating | null, { imported, before }: Imported): boolean {
  if (current === null) return before !== null;
  return !isSame(current, imported) && !(before && isSame(current, before));
}

/** A rating of another import that found the undone import's one. */
interface Follower {
  importId: string;
  movieId: number;
  imported: StoredRating;
}

async function followersOf(
  manager: EntityManager,
  { userId, importId }: { userId: number; importId: string },
  undone: ReadonlyMap<number, Imported>,
): Promise<Follower[]> {
  if (undone.size === 0) return [];
  const others = await manager.query<
    ({ importId: string; movieId: number; beforeRatedAtSeconds: number | null } & StoredRating & {
        beforeHalfStars: number;
      })[]
  >(
    `SELECT importId, movieId, halfStars, ratedAtSeconds, beforeHalfStars, beforeRatedAtSeconds FROM imported_rating
     WHERE userId = ? AND importId <> ? AND beforeHalfStars IS NOT NULL AND movieId IN (${placeholders([...undone.keys()])})
     ORDER BY movieId, importId`,
    [userId, importId, ...undone.keys()],
  );
  return others.flatMap(({ beforeHalfStars, beforeRatedAtSeconds, halfStars, ratedAtSeconds, ...other }) => {
    const own = undone.get(other.movieId)?.imported;
    const found = { halfStars: beforeHalfStars, ratedAtSeconds: beforeRatedAtSeconds };
    return own && isSame(own, found) ? [{ ...other, imported: { halfStars, ratedAtSeconds } }] : [];
  });
}

/** Followers that brought the same stars and so changed nothing, one a movie: their rating stays when the undone one goes. */
function heirsOf(
  followers: readonly Follower[],
  undone: ReadonlyMap<number, Imported>,
): Map<number, Follower> {
  const heirs = new Map<number, Follower>();
  for (const follower of followers) {
    const { movieId, imported } = follower;
    if (imported.halfStars === undone.get(movieId)?.imported.halfStars && !heirs.has(movieId))
      heirs.set(movieId, follower);
  }
  return heirs;
}

/** Lets followers give back the heir's rating, and the heir what was there before both. */
async function passOn(
  manager: EntityManager,
  userId: number,
  {
    imported,
    followers,
    heirs,
  }: {
    imported: ReadonlyMap<number, Imported>;
    followers: readonly Follower[];
    heirs: ReadonlyMap<number, Follower>;
  },
): Promise<void> {
  for (const follower of followers) {
    const { importId, movieId } = follower;
    const heir = heirs.get(movieId);
    const before = heir && heir !== follower ? heir.imported : imported.get(movieId)?.before;
    await manager.query(
      'UPDATE imported_rating SET beforeHalfStars = ?, beforeRatedAtSeconds = ? WHERE userId = ? AND importId = ? AND movieId = ?',
      [before?.halfStars ?? null, before?.ratedAtSeconds ?? null, userId, importId, movieId],
    );
  }
}
