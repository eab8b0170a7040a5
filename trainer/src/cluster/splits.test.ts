import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { groupByUser, type InteractionRows, type Interactions, type FitResults } from '@pocketrocket/engine';
import { createLogger, createProgress, findSpark } from '@pocketrocket/runtime';
import { describeWithPySpark } from '@pocketrocket/testing/spark';
import { readRatingsCsv } from '../data/csv.ts';
import { idMapsOf, toInteractionRows } from '../data/ratingTable.ts';
import { PROTOCOLS, shapeOf } from '../pipeline/evaluation/protocols.ts';
import { taskOf } from '../pipeline/evaluation/evaluationTask.ts';
import { planEvaluation } from '../pipeline/evaluation/planEvaluation.ts';
import { FitData } from '../pipeline/fitting/fitData.ts';
import { fitHere, type Fitter } from '../pipeline/fitting/fitter.ts';
import { writeParquetExport } from '../test/parquetExport.ts';
import { toUri } from './ratingSource.ts';
import { splitDigest } from './splitDigest.ts';
import { SparkRun } from './sparkRun.ts';

const { MOVIELENS_DIR } = process.env;
const SLOW_MS = 900_000;
const SEED = 42;
const OPTIONS = { window: 10, decay: 5, isDirected: true, numNeighbours: 50 };

const fitNowhere: Fitter = async ({ name }) => {
  throw new Error(`${name} was fitted on this machine`);
};

describeWithPySpark('splits on Spark, of ml-latest-small', (python) => {
  if (MOVIELENS_DIR === undefined) throw new Error('MOVIELENS_DIR names no folder with ml-latest-small');
  let run: SparkRun;
  let rows: InteractionRows;
  let everything: Interactions;
  let ids: ReturnType<typeof idMapsOf>;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-spark-splits-'));
    const source = await readRatingsCsv(join(MOVIELENS_DIR, 'ml-latest-small', 'ratings.csv'));
    const ratings = Array.from(source.userIds, (userId, row) => ({
      userId,
      movieId: source.movieIds[row] ?? 0,
      halfStars: 2 * (source.ratings[row] ?? 0),
      ratedAtSeconds: source.timestamps[row] ?? null,
    }));
    await writeParquetExport(python, join(folder, 'export'), 'sha256:small', ratings);
    const options = {
      master: 'local[2]',
      source: { kind: 'parquet', folder: toUri(join(folder, 'export')) },
      storage: null,
      executorMemory: '1g',
      taskBytes: 2 ** 30,
      // Several parts, as of data larger than these.
      ratingsInPart: 20_000,
      mysqlConnector: '',
      conf: {},
    } as const;
    run = await SparkRun.open(options, {
      spark: await findSpark({ sparkPython: python, home: folder }, process.env),
      env: process.env,
      modelDir: folder,
      logger: createLogger({ level: 'warn', name: 'test', stream: process.stderr }),
      progress: createProgress(process.stderr, 'none'),
      signal: new AbortController().signal,
      fitLocally: fitNowhere,
    });
    const table = await run.readRatings('sha256:small');
    ids = idMapsOf([table]);
    rows = toInteractionRows(table, ids);
    everything = groupByUser(rows, ids.users.size, ids.items.size);
  }, SLOW_MS);
  afterAll(() => run.close(), SLOW_MS);

  /** Fits on Spark and here; Spark refuses ratings whose digest differs. */
  async function expectSameFit(interactions: Interactions): Promise<void> {
    const data = new FitData();
    const handle = data.addInteractions(interactions);
    const job = { name: 'transitions', interactions: handle, options: OPTIONS, seed: SEED } as const;
    const onSpark = await run.fit(job, data, () => undefined, new AbortController().signal);
    expect(onSpark).toEqual(fitHere(job, data, () => undefined));
  }

  it(
    'has every rating',
    async () => {
      expect(everything.itemIndices).toHaveLength(100_836);
      run.offer(everything, { shape: shapeOf('last-out'), seed: SEED, depth: 0 });
      await expectSameFit(everything);
    },
    SLOW_MS,
  );

  it.each(PROTOCOLS.filter((protocol) => protocol !== 'last-out-sampled'))(
    'holds out the same ratings as the trainer by %s, and within what is left',
    async (protocol) => {
      const shape = shapeOf(protocol);
      const task = taskOf(rows, {
        protocol,
        ids,
        facts: { releaseYears: null },
        shape,
        negatives: { kind: 'none' },
        seed: SEED,
      });
      const { outer, inner } = planEvaluation(task, { isTuned: true });
      if (!inner) throw new Error('there must be an inner split');
      expect(inner.interactions.itemIndices.length).toBeLessThan(outer.interactions.itemIndices.length);
      run.offer(outer.interactions, { shape, seed: SEED, depth: 1 });
      run.offer(inner.interactions, { shape, seed: SEED, depth: 2 });
      await expectSameFit(outer.interactions);
      await expectSameFit(inner.interactions);
    },
    SLOW_MS,
  );

  it.each(['coVisitation', 'transitions'] as const)(
    'counts %s by parts and ranges of items where it is too large for one task',
    async (name) => {
      run.offer(everything, { shape: shapeOf('last-out'), seed: SEED, depth: 0 });
      const data = new FitData();
      const interactions = data.addInteractions(everything);
      // So many neighbours that one task has not the memory, by the estimate.
      const options = { ...OPTIONS, isDirected: name === 'transitions', numNeighbours: 8000 };
      const job = { name, interactions, options, seed: SEED };
      const onSpark = await run.fit(job, data, () => undefined, new AbortController().signal);
      const here = fitHere(job, data, () => undefined);
      expect(onSpark.offsets).toEqual(here.offsets);
      // Sums in another order round otherwise, and so may the order of weights that are all but equal.
      const expected = weightsByPair(here);
      const found = weightsByPair(onSpark);
      expect(found.size).toBe(expected.size);
      expect(expected.size).toBeGreaterThan(100_000);
      const apart = [...expected].filter(
        ([pair, weight]) => !(Math.abs((found.get(pair) ?? NaN) - weight) <= 2 ** -22 * weight),
      );
      expect(apart).toEqual([]);
    },
    SLOW_MS,
  );

  it(
    'refuses to fit on another split than the trainer measures',
    async () => {
      const other: Interactions = { ...everything, itemIndices: everything.itemIndices.slice().reverse() };
      run.offer(other, { shape: shapeOf('last-out'), seed: SEED, depth: 0 });
      await expect(expectSameFit(other)).rejects.toMatchObject({
        message: expect.stringContaining("keeps other ratings than the trainer's"),
      });
    },
    SLOW_MS,
  );
});

/** The weights of a matrix by row and column. */
function weightsByPair({ offsets, items, weights }: FitResults['transitions']): Map<string, number> {
  const byPair = new Map<string, number>();
  for (let row = 0; row + 1 < offsets.length; row++)
    for (let place = offsets[row] ?? 0; place < (offsets[row + 1] ?? 0); place++)
      byPair.set(`${row} ${items[place]}`, weights[place] ?? NaN);
  return byPair;
}

describe('splitDigest', () => {
  const interactions = (userOffsets: number[], itemIndices: number[]) => ({
    userOffsets: Int32Array.from(userOffsets),
    itemIndices: Int32Array.from(itemIndices),
    numUsers: userOffsets.length - 1,
    numItems: 10,
    ratings: new Float32Array(itemIndices.length),
    timestamps: new Float64Array(itemIndices.length),
  });

  it('tells which users and items the ratings name, in any order', () => {
    const digest = splitDigest(interactions([0, 2, 2, 3], [4, 5, 4]));
    expect(splitDigest(interactions([0, 2, 2, 3], [5, 4, 4]))).toBe(digest);
    expect(splitDigest(interactions([0, 2, 3, 3], [4, 5, 4]))).not.toBe(digest);
    expect(splitDigest(interactions([0, 2, 2, 3], [4, 5, 6]))).not.toBe(digest);
    expect(splitDigest(interactions([0], []))).toBe(0);
  });
});
