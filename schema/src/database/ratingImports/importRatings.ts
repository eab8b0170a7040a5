import type { EntityManager } from 'typeorm';
import type { RatingShare } from '../aggregates.ts';
import { lockMovies, lockUser } from '../rowLocks.ts';
import { changeRatings, type RatingStep, type StoredRating } from '../changeRatings.ts';
import {
  beginImport,
  importedOf,
  ratingsOf,
  rememberImported,
  type BegunImport,
  type ImportRefusal,
} from './importTables.ts';
import { placeholders } from '../statements.ts';

/** Rows that one batch may have. */
export const MAX_IMPORT_ROWS = 500;

/** A rating of elsewhere, matched to a movie. */
export interface ImportedRow extends StoredRating {
  movieId: number;
}

/**
 * The outcome of a row: `stored`; `unchanged`, as the account had the same rating; `kept`, as the account's own rating is later;
 * `unknownMovie`.
 */
export type ImportOutcome = 'stored' | 'unchanged' | 'kept' | 'unknownMovie';

/** The outcome of a batch. */
export type ImportedBatch =
  | { status: ImportRefusal }
  | {
      status: 'imported';
      /** One for each row, in their order. */
      outcomes: ImportOutcome[];
      /** Number and sum of ratings of each movie that changed. */
      movies: Map<number, RatingShare>;
    };

/**
 * Writes a batch of an import into an account, with all aggregates; within a transaction. The same batch again changes nothing and has
 * the same outcome, also where the person has rated otherwise since. Of two rows of a movie the last one counts. Times after the import's
 * first batch, as of clocks that are fast, are taken for the time of that.
 * @param rows at most `MAX_IMPORT_ROWS`
 */
export async function importRatings(
  manager: EntityManager,
  {
    userId,
    importId,
    rows,
    nowSeconds,
  }: { userId: number; importId: string; rows: readonly ImportedRow[]; nowSeconds: number },
): Promise<ImportedBatch> {
  const movieIds = [...new Set(rows.map(({ movieId }) => movieId))];
  // Before anything is read: what is read afterwards is the latest.
  await lockUser(manager, userId);
  if (movieIds.length > 0) await lockMovies(manager, movieIds);
  const begun = await beginImport(manager, userId, importId, nowSeconds);
  if (typeof begun === 'string') return { status: begun };
  const wanted = new Map(rows.map((row) => [row.movieId, pastOf(row, begun)]));
  const plan = await planOf(manager, begun, wanted);
  const movies = await changeRatings(manager, userId, plan.steps, begun.meanRating);
  await rememberImported(manager, begun, plan.taken);
  return {
    status: 'imported',
    outcomes: rows.map(({ movieId }) => plan.outcomes.get(movieId) ?? 'unknownMovie'),
    movies,
  };
}

/** Not by the time of now: the same batch sent again has to have the same times. */
function pastOf(row: ImportedRow, { startedAtSeconds }: BegunImport): ImportedRow {
  const { ratedAtSeconds } = row;
  return { ...row, ratedAtSeconds: ratedAtSeconds && Math.min(ratedAtSeconds, startedAtSeconds) };
}

interface Plan {
  /** By movieId. */
  outcomes: Map<number, ImportOutcome>;
  /** Of those that change. */
  steps: Map<number, RatingStep>;
  /** Of all rows that the import had not taken yet: the rating that it found, and its own. */
  taken: Map<number, RatingStep>;
}

async function planOf(
  manager: EntityManager,
  begun: BegunImport,
  wanted: ReadonlyMap<number, ImportedRow>,
): Promise<Plan> {
  const movieIds = [...wanted.keys()];
  const known = await knownMovies(manager, movieIds);
  const current = await ratingsOf(manager, begun.userId, movieIds);
  const applied = await importedOf(manager, begun, movieIds);
  const plan: Plan = { outcomes: new Map(), steps: new Map(), taken: new Map() };
  for (const [movieId, row] of wanted) {
    if (!known.has(movieId)) continue;
    const before = applied.get(movieId);
    if (before && isSame(before.imported, row)) {
      plan.outcomes.set(movieId, outcomeOf(row, before.before));
      continue;
    }
    const step = { from: current.get(movieId) ?? null, to: row };
    const outcome = outcomeOf(row, step.from);
    plan.outcomes.set(movieId, outcome);
    plan.taken.set(movieId, step);
    if (outcome === 'stored') plan.steps.set(movieId, step);
  }
  return plan;
}

function outcomeOf(row: StoredRating, from: StoredRating | null): ImportOutcome {
  if (from?.halfStars === row.halfStars) return 'unchanged';
  const isLater =
    from !== null &&
    from.ratedAtSeconds !== null &&
    row.ratedAtSeconds !== null &&
    from.ratedAtSeconds > row.ratedAtSeconds;
  return isLater ? 'kept' : 'stored';
}

/** True for equal ratings of equal times. */
export function isSame(one: StoredRating, other: StoredRating): boolean {
  return one.halfStars === other.halfStars && one.ratedAtSeconds === other.ratedAtSeconds;
}

async function knownMovies(manager: EntityManager, movieIds: readonly number[]): Promise<Set<number>> {
  if (movieIds.length === 0) return new Set();
  const rows = await manager.query<{ movieId: number }[]>(
    `SELECT movieId FROM movie WHERE movieId IN (${placeholders(movieIds)})`,
    [...movieIds],
  );
  return new Set(rows.map(({ movieId }) => movieId));
}
