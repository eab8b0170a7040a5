import { QueryFailedError, type EntityManager } from 'typeorm';
import {
  assignments,
  MOVIE_AGGREGATE_COLUMNS,
  movieAggregates,
  RatingTally,
  TALLY_COLUMNS,
  tallyValues,
} from './aggregates.ts';
import type { Database } from './dialects/dialect.ts';
import { lockCatalogue } from './overlay/catalogueState.ts';
import { lockMovie, lockUser } from './rowLocks.ts';
import { asUnavailable } from './unavailable.ts';

/** The tables that hold aggregates. */
export const AGGREGATE_TABLES = ['genre', 'movie', 'user', 'user_genre'] as const;

export type AggregateTable = (typeof AGGREGATE_TABLES)[number];

/** The outcome for one table. */
export interface RecomputedTable {
  table: AggregateTable;
  /** Rows whose aggregates differ from what the ratings give, missing and surplus rows included. */
  numDifferent: number;
  /** One of them, such as `movie 7: ratingCount is 3, the ratings give 2`; null where there is none. */
  example: string | null;
}

const MOVIES_PER_BATCH = 500;
const USERS_PER_BATCH = 200;
const MAX_TRIES = 5;
/** Damped means are stored as doubles; the last digits may depend on the database. */
const TOLERANCE = 1e-9;

/** A row that differs, and how to say so. */
interface Difference {
  /** The id whose lock guards the row. */
  id: number;
  text: string;
  mend(manager: EntityManager): Promise<void>;
}

/** Reads one table in batches of ids, and locks its rows. */
interface Recount {
  table: AggregateTable;
  /** The table whose ids make the batches. */
  ids: { table: 'genre' | 'movie' | 'user'; column: string; perBatch: number };
  lock(manager: EntityManager, id: number): Promise<void>;
  /** The rows that differ, of ids from `first` to `last`. */
  differences(manager: EntityManager, first: number, last: number): Promise<Difference[]>;
}

/**
 * Recounts every aggregate from the ratings and compares; one table after the other, in batches, each in one transaction, so that
 * ratings written meanwhile are no differences. With `mend` each row that differs is recounted once more and written under the locks
 * that a rating takes, so that servers may go on.
 * @returns one entry a table, in the order of `AGGREGATE_TABLES`; all without differences where there is no data set
 * @throws AppError UPSTREAM_UNAVAILABLE when the server goes away, or an import keeps everybody else from writing
 */
export async function recomputeAggregates(database: Database, mend: boolean): Promise<RecomputedTable[]> {
  const [dataset] = await database.dataSource.query<{ meanRating: number }[]>(
    'SELECT meanRating FROM dataset',
  );
  const results: RecomputedTable[] = [];
  for (const recount of recounts(dataset?.meanRating ?? 0)) {
    const result: RecomputedTable = { table: recount.table, numDifferent: 0, example: null };
    results.push(result);
    if (dataset === undefined) continue;
    for await (const [first, last] of batches(database, recount.ids)) {
      const found = await inTransaction(database, (manager) => recount.differences(manager, first, last));
      result.numDifferent += found.length;
      result.example ??= found[0]?.text ?? null;
      if (mend) for (const id of new Set(found.map((each) => each.id))) await mendOne(database, recount, id);
    }
  }
  return results;
}

async function mendOne(database: Database, recount: Recount, id: number): Promise<void> {
  await inTransaction(database, async (manager) => {
    await recount.lock(manager, id);
    for (const difference of await recount.differences(manager, id, id)) await difference.mend(manager);
  });
}

/** Runs a transaction, again where the database gave way to another one. */
async function inTransaction<T>(
  database: Database,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await database.transaction(work);
    } catch (error) {
      const failure =
        error instanceof QueryFailedError ? database.dialect.failureOf(error.driverError) : null;
      if ((failure !== 'deadlock' && failure !== 'tablesChanged') || tries === MAX_TRIES)
        throw asUnavailable(error);
    }
  }
}

/** The ids of a table in ascending batches, each as its first and last. */
async function* batches(
  { dataSource }: Database,
  { table, column, perBatch }: Recount['ids'],
): AsyncGenerator<[first: number, last: number]> {
  let after = -1;
  for (;;) {
    const rows = await dataSource.query<{ id: number }[]>(
      `SELECT ${column} AS id FROM ${table} WHERE ${column} > ? ORDER BY ${column} LIMIT ${perBatch}`,
      [after],
    );
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) return;
    yield [first.id, last.id];
    after = last.id;
  }
}

function recounts(meanRating: number): Recount[] {
  const userIds = { table: 'user', column: 'userId', perBatch: USERS_PER_BATCH } as const;
  return [
    {
      table: 'genre',
      ids: { table: 'genre', column: 'genreId', perBatch: MOVIES_PER_BATCH },
      // Apps' movies and imports alone write genres.
      lock: lockCatalogue,
      differences: differentGenres,
    },
    {
      table: 'movie',
      ids: { table: 'movie', column: 'movieId', perBatch: MOVIES_PER_BATCH },
      lock: lockMovie,
      differences: (manager, first, last) =>
        differentTallies(manager, 'movie', first, last, MOVIE_AGGREGATE_COLUMNS, (tally) =>
          movieAggregates(tally, meanRating),
        ),
    },
    {
      table: 'user',
      ids: userIds,
      lock: lockUser,
      differences: (manager, first, last) =>
        differentTallies(manager, 'user', first, last, TALLY_COLUMNS, tallyValues),
    },
    { table: 'user_genre', ids: userIds, lock: lockUser, differences: differentShares },
  ];
}

async function differentGenres(manager: EntityManager, first: number, last: number): Promise<Difference[]> {
  const rows = await manager.query<{ id: number; held: number; counted: number | string }[]>(
    `SELECT genre.genreId AS id, genre.movieCount AS held, COUNT(movie_genre.movieId) AS counted
     FROM genre LEFT JOIN movie_genre ON movie_genre.genreId = genre.genreId
     WHERE genre.genreId BETWEEN ? AND ? GROUP BY genre.genreId, genre.movieCount`,
    [first, last],
  );
  return rows
    .filter(({ held, counted }) => held !== Number(counted))
    .map(({ id, held, counted }) => ({
      id,
      text: `genre ${id}: movieCount is ${held}, its movies are ${counted}`,
      mend: (inner) =>
        inner.query('UPDATE genre SET movieCount = ? WHERE genreId = ?', [Number(counted), id]),
    }));
}

/** Movies or users whose columns are not what their ratings give. */
async function differentTallies(
  manager: EntityManager,
  table: 'movie' | 'user',
  first: number,
  last: number,
  columns: readonly string[],
  valuesOf: (tally: RatingTally) => number[],
): Promise<Difference[]> {
  const key = `${table}Id`;
  const held = await manager.query<({ id: number } & Record<string, number>)[]>(
    `SELECT ${key} AS id, ${columns.join(', ')} FROM ${table} WHERE ${key} BETWEEN ? AND ?`,
    [first, last],
  );
  const counts = await manager.query<{ id: number; halfStars: number; times: number | string }[]>(
    `SELECT ${key} AS id, halfStars, COUNT(*) AS times FROM rating WHERE ${key} BETWEEN ? AND ? GROUP BY ${key}, halfStars`,
    [first, last],
  );
  const tallies = new Map<number, RatingTally>();
  for (const { id, halfStars, times } of counts) {
    const tally = tallies.get(id) ?? new RatingTally();
    tallies.set(id, tally);
    tally.add(halfStars, Number(times));
  }
  return held.flatMap((row) => {
    const values = valuesOf(tallies.get(row.id) ?? new RatingTally());
    const wrong = columns.findIndex((column, place) => differs(row[column], values[place]));
    if (wrong < 0) return [];
    const column = columns[wrong] ?? '';
    return {
      id: row.id,
      text: `${table} ${row.id}: ${column} is ${row[column]}, the ratings give ${values[wrong]}`,
      mend: (inner) =>
        inner.query(`UPDATE ${table} SET ${assignments(columns)} WHERE ${key} = ?`, [...values, row.id]),
    };
  });
}

function differs(held = 0, counted = 0): boolean {
  return Math.abs(held - counted) > TOLERANCE;
}

interface ShareRow {
  userId: number;
  genreId: number;
  ratingCount: number | string;
  halfStarSum: number | string;
}

/** Rows of users' genres that are missing, surplus or wrong. */
async function differentShares(manager: EntityManager, first: number, last: number): Promise<Difference[]> {
  const held = sharesByKey(
    await manager.query<ShareRow[]>(
      'SELECT userId, genreId, ratingCount, halfStarSum FROM user_genre WHERE userId BETWEEN ? AND ?',
      [first, last],
    ),
  );
  const counted = sharesByKey(
    await manager.query<ShareRow[]>(
      `SELECT rating.userId, movie_genre.genreId, COUNT(*) AS ratingCount, SUM(rating.halfStars) AS halfStarSum
       FROM rating JOIN movie_genre ON movie_genre.movieId = rating.movieId
       WHERE rating.userId BETWEEN ? AND ? GROUP BY rating.userId, movie_genre.genreId`,
      [first, last],
    ),
  );
  const differences: Difference[] = [];
  for (const key of new Set([...held.keys(), ...counted.keys()])) {
    const [before, after] = [held.get(key), counted.get(key)];
    const { userId = 0, genreId = 0 } = after ?? before ?? {};
    const { ratingCount = 0, halfStarSum = 0 } = after ?? {};
    const column = before?.ratingCount === ratingCount ? 'halfStarSum' : 'ratingCount';
    if ((before?.[column] ?? 0) === (after?.[column] ?? 0)) continue;
    differences.push({
      id: userId,
      text: `user ${userId}, genre ${genreId}: ${column} is ${before?.[column] ?? 0}, the ratings give ${after?.[column] ?? 0}`,
      async mend(inner) {
        await inner.query('DELETE FROM user_genre WHERE userId = ? AND genreId = ?', [userId, genreId]);
        if (after)
          await inner.query(
            'INSERT INTO user_genre (userId, genreId, ratingCount, halfStarSum) VALUES (?, ?, ?, ?)',
            [userId, genreId, ratingCount, halfStarSum],
          );
      },
    });
  }
  return differences;
}

interface Share {
  userId: number;
  genreId: number;
  ratingCount: number;
  halfStarSum: number;
}

function sharesByKey(rows: readonly ShareRow[]): Map<string, Share> {
  return new Map(
    rows.map(({ userId, genreId, ratingCount, halfStarSum }) => [
      `${userId} ${genreId}`,
      { userId, genreId, ratingCount: Number(ratingCount), halfStarSum: Number(halfStarSum) },
    ]),
  );
}
