import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { fullRecipe } from '@pocketrocket/engine';
import type { Manifest } from '@pocketrocket/model/artifact';
import { createLogger, createProgress } from '@pocketrocket/runtime';
import type { Ratings } from '../ratings/ratings.ts';
import type { Evaluation } from './measureModels.ts';
import { passGate } from './passGate.ts';

it('compares with popularity alone where the recipe that serves has a sequence model and ratings are on a cluster', async () => {
  const size = { users: 610, items: 9_724, interactions: 100_836 };
  const models = fullRecipe(size, true).recipe;
  const ndcgAt10ByUser = {
    popularity: new Float64Array(50).fill(0.1),
    pipeline: new Float64Array(50).fill(0.2),
  };
  const gate = await passGate(
    {
      split: {
        planFor: () => Promise.reject(new Error('fitted')),
        everything: { held: null } as Ratings,
      },
      seed: 1,
      settings: { models: { ...models, sequence: null }, isTuned: true },
      evaluation: { ndcgAt10ByUser, weights: { ease: 1 } } as unknown as Evaluation,
      serving: { version: 7, recipeSettings: { isTuned: true, reasons: [], models } } as unknown as Manifest,
      isForced: false,
    },
    {
      fit: () => Promise.reject(new Error('fitted')),
      concurrency: 1,
      progress: createProgress(process.stderr, 'none'),
      signal: new AbortController().signal,
      logger: createLogger({ level: 'error', name: 'test', stream: new PassThrough() }),
    },
  );
  expect(gate.decision).toBe('passed');
  expect(gate.reasons.at(-1)).toBe(
    'compared with popularity alone: this trainer cannot fit the recipe of version 7, which serves',
  );
});
