import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { fullRecipe, groupByUser, type FittedName, type SequenceOptions } from '@pocketrocket/engine';
import { AppError, createLogger, createProgress } from '@pocketrocket/runtime';
import { RatingsInMemory } from '../ratings/ratingsInMemory.ts';
import { cachedFitter } from './fitCache.ts';
import { fitHere } from './fitter.ts';
import { fitModels } from './fitModels.ts';
import type { Fitter } from './fitter.ts';
import { recordLosses } from './recordLosses.ts';

const NUM_USERS = 20;
const NUM_ITEMS = 24;
const LENGTH = 10;

/** Each item is followed by the next one. */
const users = Array.from({ length: NUM_USERS * LENGTH }, (_, row) => Math.floor(row / LENGTH));
const ratings = new RatingsInMemory(
  groupByUser(
    {
      userIndices: Int32Array.from(users),
      itemIndices: Int32Array.from(users, (user, row) => (5 * user + (row % LENGTH)) % NUM_ITEMS),
      ratings: new Float32Array(users.length).fill(4),
      timestamps: Float64Array.from(users.keys()),
    },
    NUM_USERS,
    NUM_ITEMS,
  ),
);
const SEQUENCE: SequenceOptions = {
  dim: 16,
  length: 6,
  blocks: 1,
  heads: 2,
  hiddenDim: 16,
  epochs: 12,
  // So large that single precision ends in epoch 6.
  learningRate: 3e9,
  batchSize: 8,
  negatives: 8,
  dropout: 0,
  loss: 'softmax',
  gaps: false,
  ratings: false,
  crops: true,
  averaging: 0,
};

it('logs in one line that a fit diverged, which epoch is kept and what to do', async () => {
  const stream = new PassThrough();
  const numRatings = users.length;
  const { recipe } = fullRecipe({ users: NUM_USERS, items: NUM_ITEMS, interactions: numRatings });
  const sequenceAlone: Fitter = async (job, data, onEpoch) => {
    await Promise.resolve();
    return job.name === 'sequence' ? fitHere(job, data, onEpoch) : ({} as never);
  };
  const { chosenEpochs } = await fitModels(
    { inner: ratings },
    { ...recipe, sequence: SEQUENCE },
    1,
    {
      fit: sequenceAlone,
      concurrency: 1,
      progress: createProgress(process.stderr, 'none'),
      logger: createLogger({ level: 'info', name: 'test', stream }),
      signal: new AbortController().signal,
    },
    {
      userIndices: Int32Array.from({ length: NUM_USERS }, (_, user) => user),
      offsets: Int32Array.from({ length: NUM_USERS + 1 }, (_, user) => user),
      items: Int32Array.from({ length: NUM_USERS }, (_, user) => (5 * user + LENGTH) % NUM_ITEMS),
    },
  );
  const lines = String(stream.read() ?? '')
    .trim()
    .split('\n');
  expect(lines).toHaveLength(1);
  const line: unknown = JSON.parse(lines[0] ?? '');
  expect(line).toMatchObject({
    level: 'warn',
    model: 'sequence',
    keptEpochs: chosenEpochs.sequence,
    reason: expect.stringMatching(/not finite in epoch 6 of 12/),
    event: expect.stringMatching(/^fit diverged: .* try another --seed/),
  });
  expect([2, 4]).toContain(chosenEpochs.sequence);
});

it('a model that is the same on any number of threads has as many as fits may run at once, the others one', async () => {
  const given = new Map<FittedName, number | undefined>();
  const fitNothing: Fitter = async ({ name }, _data, _onEpoch, _signal, threads) => {
    given.set(name, threads);
    while (given.size < 3) await setImmediate();
    throw new Error('all three were started');
  };
  const logger = createLogger({ level: 'error', name: 'test', stream: new PassThrough() });
  const stages = mkdtempSync(join(tmpdir(), 'pocketrocket-stages-'));
  const { fit } = recordLosses(cachedFitter(fitNothing, stages, { logger }));
  const deps = {
    fit,
    concurrency: 3,
    progress: createProgress(process.stderr, 'none'),
    logger,
    signal: new AbortController().signal,
  };
  const { recipe } = fullRecipe({ users: NUM_USERS, items: NUM_ITEMS, interactions: users.length }, true);
  await expect(fitModels({ outer: ratings }, recipe, 1, deps)).rejects.toThrow('all three were started');
  expect(Object.fromEntries(given)).toMatchObject({ sequence: 3, matrixFactorization: 1 });
});

it('goes on without a sequence model where it cannot be fitted on one of the data sets, and says so once', async () => {
  const stream = new PassThrough();
  const { recipe } = fullRecipe({ users: NUM_USERS, items: NUM_ITEMS, interactions: users.length }, true);
  let numSequences = 0;
  const failingLater: Fitter = async ({ name }, _data, onEpoch, _signal) => {
    await Promise.resolve();
    onEpoch({ epoch: 1, epochs: 2, loss: 1 });
    numSequences += Number(name === 'sequence');
    if (name === 'sequence' && numSequences > 1)
      throw new AppError('BAD_DATA', 'sequence: the loss is not finite');
    return { name } as never;
  };
  const { inner, outer } = await fitModels({ outer: ratings, inner: ratings }, recipe, 1, {
    fit: failingLater,
    concurrency: 1,
    progress: createProgress(process.stderr, 'none'),
    logger: createLogger({ level: 'warn', name: 'test', stream }),
    signal: new AbortController().signal,
  });
  expect(numSequences).toBe(2);
  expect([inner?.sequence, outer?.sequence]).toEqual([null, null]);
  expect(outer?.item2vec).toEqual({ name: 'item2vec' });
  const told = String(stream.read() ?? '')
    .trim()
    .split('\n');
  expect(told).toHaveLength(1);
  expect(JSON.parse(told[0] ?? '')).toMatchObject({
    model: 'sequence',
    reason: 'sequence: the loss is not finite',
  });
});
