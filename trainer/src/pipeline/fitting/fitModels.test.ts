import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { fullRecipe, groupByUser, type FittedName } from '@pocketrocket/engine';
import { createLogger, createProgress } from '@pocketrocket/runtime';
import type { Ratings } from '../ratings/ratings.ts';
import { cachedFitter } from './fitCache.ts';
import { fitModels } from './fitModels.ts';
import type { Fitter } from './fitter.ts';
import { recordLosses } from './recordLosses.ts';

it('a model that is the same on any number of threads has as many as fits may run at once, the others one', async () => {
  const given = new Map<FittedName, number | undefined>();
  const fitNothing: Fitter = async ({ name }, _data, _onEpoch, _signal, threads) => {
    given.set(name, threads);
    while (given.size < 3) await setImmediate();
    throw new Error('all three were started');
  };
  const none = new Float32Array(0);
  const held = groupByUser(
    {
      userIndices: new Int32Array(0),
      itemIndices: new Int32Array(0),
      ratings: none,
      timestamps: new Float64Array(0),
    },
    0,
    0,
  );
  const ratings = { held, numRatings: 0, handle: { sha256: 'ratings' } } as unknown as Ratings;
  const { recipe } = fullRecipe({ users: 1000, items: 1000, interactions: 100_000 }, true);
  const { fit } = recordLosses(
    cachedFitter(fitNothing, mkdtempSync(join(tmpdir(), 'pocketrocket-stages-')), {
      logger: createLogger({ level: 'error', name: 'test', stream: new PassThrough() }),
    }),
  );
  const deps = {
    fit,
    concurrency: 3,
    progress: createProgress(process.stderr, 'none'),
    signal: new AbortController().signal,
  };
  await expect(fitModels({ outer: ratings }, recipe, 1, deps)).rejects.toThrow('all three were started');
  expect(Object.fromEntries(given)).toMatchObject({ sequence: 3, matrixFactorization: 1 });
});
