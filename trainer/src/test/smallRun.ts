import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupByUser, takeRows, type InteractionRows, type Interactions } from '@pocketrocket/engine';
import { createLogger, createProgress, findSpark } from '@pocketrocket/runtime';
import { SMALL_SPARK } from '@pocketrocket/testing/spark';
import { toUri } from '../cluster/ratingSource.ts';
import type { SparkSplit } from '../cluster/sparkQuestions.ts';
import { SparkRun, type SparkOptions } from '../cluster/sparkRun.ts';
import { readRatingsCsv } from '../data/csv.ts';
import { toInteractionRows } from '../data/ratingTable.ts';
import { splitRows } from '../pipeline/evaluation/protocols.ts';
import type { RunRatings } from '../pipeline/ratings/ratings.ts';
import { writeParquetExport } from './parquetExport.ts';

/** A run on Spark that has read ml-latest-small, and the same ratings in memory. */
export interface SmallRun {
  run: SparkRun;
  onSpark: RunRatings;
  /** By user, then time, then movie. */
  rows: InteractionRows;
  everything: Interactions;
}

/** Opens one on this machine's cores, with parts as of data that are larger. */
export async function openSmallRun(
  python: string,
  options: Partial<Pick<SparkOptions, 'oneTaskBytes' | 'ratingsInPart'>> = {},
): Promise<SmallRun> {
  const { MOVIELENS_DIR } = process.env;
  if (MOVIELENS_DIR === undefined) throw new Error('MOVIELENS_DIR names no folder with ml-latest-small');
  const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-spark-small-'));
  const source = await readRatingsCsv(join(MOVIELENS_DIR, 'ml-latest-small', 'ratings.csv'));
  const ratings = Array.from(source.userIds, (userId, row) => ({
    userId,
    movieId: source.movieIds[row] ?? 0,
    halfStars: 2 * (source.ratings[row] ?? 0),
    ratedAtSeconds: source.timestamps[row] ?? null,
  }));
  await writeParquetExport(python, join(folder, 'export'), 'sha256:small', ratings);
  const run = await SparkRun.open(
    {
      master: 'local[2]',
      source: { kind: 'parquet', folder: toUri(join(folder, 'export')) },
      storage: null,
      executorMemory: '1g',
      taskBytes: 2 ** 30,
      ratingsInPart: 20_000,
      mysqlConnector: '',
      conf: SMALL_SPARK,
      ...options,
    },
    {
      spark: await findSpark({ sparkPython: python, home: folder }, process.env),
      env: process.env,
      modelDir: folder,
      logger: createLogger({ level: 'warn', name: 'test', stream: process.stderr }),
      progress: createProgress(process.stderr, 'none'),
      signal: new AbortController().signal,
    },
  );
  const onSpark = await run.readRatings('sha256:small');
  const { users, items } = onSpark.ids;
  const rows = inOrder(toInteractionRows(source, onSpark.ids));
  return { run, onSpark, rows, everything: groupByUser(rows, users.size, items.size) };
}

/** Of the ratings three in four for each user. */
const SPLIT: SparkSplit = { shape: { kind: 'user-stratified', trainShare: 0.75 }, seed: 42, depth: 1 };

/** A run on Spark that has split its ratings, and what the split keeps in memory. */
export interface SmallSplit extends SmallRun {
  split: SparkSplit;
  interactions: Interactions;
}

/** Opens one whose fits run over partitions. */
export async function openSmallSplit(python: string): Promise<SmallSplit> {
  const small = await openSmallRun(python, { oneTaskBytes: 0, ratingsInPart: 40_000 });
  const { users, items } = small.onSpark.ids;
  const { train } = splitRows(small.rows, SPLIT.shape, SPLIT.seed);
  await small.run.split(SPLIT);
  const interactions = groupByUser(takeRows(small.rows, train), users.size, items.size);
  return { ...small, split: SPLIT, interactions };
}

/** Rows as they are read from a database. */
function inOrder(rows: InteractionRows): InteractionRows {
  const { userIndices, itemIndices, timestamps } = rows;
  const order = [...userIndices.keys()].sort(
    (a, b) =>
      (userIndices[a] ?? 0) - (userIndices[b] ?? 0) ||
      (timestamps[a] ?? 0) - (timestamps[b] ?? 0) ||
      (itemIndices[a] ?? 0) - (itemIndices[b] ?? 0),
  );
  return takeRows(rows, Int32Array.from(order));
}
