import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groupByUser, type InteractionRows, type Interactions } from '@pocketrocket/engine';
import { createLogger, createProgress, findSpark } from '@pocketrocket/runtime';
import { toUri } from '../cluster/ratingSource.ts';
import { SparkRun, type SparkOptions } from '../cluster/sparkRun.ts';
import { readRatingsCsv } from '../data/csv.ts';
import { idMapsOf, toInteractionRows, type IdMaps } from '../data/ratingTable.ts';
import type { Fitter } from '../pipeline/fitting/fitter.ts';
import { writeParquetExport } from './parquetExport.ts';

const fitNowhere: Fitter = async ({ name }) => {
  throw new Error(`${name} was fitted on this machine`);
};

/** A run on Spark that has read ml-latest-small, and its ratings as the trainer has them. */
export interface SmallRun {
  run: SparkRun;
  rows: InteractionRows;
  everything: Interactions;
  ids: IdMaps;
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
      conf: {},
      ...options,
    },
    {
      spark: await findSpark({ sparkPython: python, home: folder }, process.env),
      env: process.env,
      modelDir: folder,
      logger: createLogger({ level: 'warn', name: 'test', stream: process.stderr }),
      progress: createProgress(process.stderr, 'none'),
      signal: new AbortController().signal,
      fitLocally: fitNowhere,
    },
  );
  const table = await run.readRatings('sha256:small');
  const ids = idMapsOf([table]);
  const rows = toInteractionRows(table, ids);
  return { run, rows, ids, everything: groupByUser(rows, ids.users.size, ids.items.size) };
}
