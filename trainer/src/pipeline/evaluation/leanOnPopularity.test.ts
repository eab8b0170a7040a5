import { describe, expect, it } from '@jest/globals';
import {
  IdMap,
  fitPopularity,
  quickRecipe,
  type InteractionRows,
  type RecommenderModel,
} from '@pocketrocket/engine';
import { createProgress } from '@pocketrocket/runtime';
import { splitInMemory } from '../answers/heldOutInMemory.ts';
import { prepareTask } from './evaluationTask.ts';
import { isPopularityAlone, isThin, leanOnPopularity, popularityAlone } from './leanOnPopularity.ts';
import { defaultSettings } from './tuneSettings.ts';

const NUM_ITEMS = 60;
const NUM_USERS = 400;
const deps = { progress: createProgress(process.stderr, 'none'), signal: new AbortController().signal };

const rowsOf = (pairs: [number, number][]): InteractionRows => ({
  userIndices: Int32Array.from(pairs, ([user]) => user),
  itemIndices: Int32Array.from(pairs, ([, item]) => item),
  ratings: Float32Array.from(pairs, () => 5),
  timestamps: Float64Array.from(pairs, (_, row) => row),
});

/** A number in [0, 1) that looks drawn; the same for the same two numbers. */
const drawn = (a: number, b: number) => (Math.sin(a * 12.9898 + b * 78.233) * 43758.5453) % 1 ** 2;
/** Few items have most of the users. */
const popularItem = (user: number, salt: number) => Math.floor(NUM_ITEMS * Math.abs(drawn(user, salt)) ** 4);

/** The rest of a user's pair of items, where one item of it is known. */
const partnerOf = (item: number) => (item % 2 === 0 ? item + 1 : item - 1);

/**
 * @param heldOut the item that each user picks after the one of the history
 * @returns the task, and a model whose item2vec knows pairs of items
 */
function caseOf(heldOut: (user: number, first: number) => number) {
  const first = (user: number) => popularItem(user, 1);
  const users = Array.from({ length: NUM_USERS }, (_, user) => user);
  const task = prepareTask({
    protocol: 'last-out',
    ids: {
      users: IdMap.from(users),
      items: IdMap.from(Array.from({ length: NUM_ITEMS }, (_, item) => item)),
    },
    facts: { releaseYears: null },
    train: rowsOf(users.map((user) => [user, first(user)])),
    holdout: rowsOf(users.map((user) => [user, heldOut(user, first(user))])),
    shape: { kind: 'last-out' },
    negatives: { kind: 'none' },
    seed: 1,
  });
  const inVectors = new Float32Array(NUM_ITEMS * NUM_ITEMS);
  const outVectors = new Float32Array(NUM_ITEMS * NUM_ITEMS);
  for (let item = 0; item < NUM_ITEMS; item++) {
    inVectors[item * NUM_ITEMS + item] = 1;
    outVectors[partnerOf(item) * NUM_ITEMS + item] = 1;
  }
  const settings = {
    ...defaultSettings(quickRecipe({ users: NUM_USERS, items: NUM_ITEMS, interactions: NUM_USERS }).recipe),
    retrievalWeights: { item2vec: 1 },
    rankingWeights: { item2vec: 1 },
  };
  const popularity = fitPopularity(task.interactions);
  const model = {
    numItems: NUM_ITEMS,
    item2vec: { numItems: NUM_ITEMS, dim: NUM_ITEMS, inVectors, outVectors },
    implicitALS: null,
    ease: null,
    coVisitation: null,
    transitions: null,
    neuralCF: null,
    rising: null,
    trend: null,
    popularity,
    settings,
  } as unknown as RecommenderModel;
  return { task: splitInMemory(task), model };
}

describe('leaning on popularity', () => {
  it('leaves weights alone that are significantly better than popularity', async () => {
    const { task, model } = caseOf((_, first) => partnerOf(first));
    expect((await leanOnPopularity(task, model, deps)).rankingWeights).toEqual({ item2vec: 1 });
  });

  it('gives popularity nearly all where what was learnt is chance', async () => {
    const { task, model } = caseOf((user, first) => {
      const item = popularItem(user, 2);
      return item === first ? (item + 1) % NUM_ITEMS : item;
    });
    const settings = await leanOnPopularity(task, model, deps);
    // All, or all but what orders films of equal popularity.
    expect(settings.rankingWeights.popularity).toBeGreaterThanOrEqual(0.9);
    expect(settings.retrievalWeights.popularity).toBeGreaterThanOrEqual(0.9);
    const alone = await popularityAlone(task, model, deps);
    expect([isPopularityAlone(alone), isPopularityAlone(model.settings)]).toEqual([true, false]);
  });

  it('gives popularity a part where the rest helps it', async () => {
    // Every fifth user picks the partner, the others what is popular.
    const { task, model } = caseOf((user, first) => {
      if (user % 5 === 0) return partnerOf(first);
      const item = popularItem(user, 2);
      return item === first ? (item + 1) % NUM_ITEMS : item;
    });
    const { rankingWeights } = await leanOnPopularity(task, model, deps);
    expect(Object.keys(rankingWeights).sort()).toEqual(['item2vec', 'popularity']);
    expect(rankingWeights.popularity).toBeGreaterThan(0);
  });
});

it('data are thin below three interactions a user', () => {
  expect(isThin({ numUsers: 12_019, numRatings: 22_107 })).toBe(true);
  expect(isThin({ numUsers: 610, numRatings: 100_836 })).toBe(false);
});
