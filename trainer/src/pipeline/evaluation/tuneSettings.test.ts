import { describe, expect, it } from '@jest/globals';
import {
  IdMap,
  quickRecipe,
  type InteractionRows,
  type Item2Vec,
  type NeuralCF,
  type RecommenderModel,
  type ServedSettings,
} from '@pocketrocket/engine';
import { createProgress } from '@pocketrocket/runtime';
import { splitInMemory } from '../answers/heldOutInMemory.ts';
import { prepareTask } from './evaluationTask.ts';
import { defaultSettings, tuneSettings } from './tuneSettings.ts';

/**
 * Two users who watched item 0 long ago and item 1 lately. By IN·OUT item 0 points to item 2 and item 1 to item 3.
 * NeuralCF knows nothing: every logit is 0.
 */
const rowsOf = (items: number[][]): InteractionRows => ({
  userIndices: Int32Array.from(items.flatMap((list, user) => list.map(() => user))),
  itemIndices: Int32Array.from(items.flat()),
  ratings: Float32Array.from(items.flat(), () => 5),
  timestamps: Float64Array.from(items.flat(), (_, row) => row),
});
const item2vec: Item2Vec = {
  numItems: 4,
  dim: 2,
  inVectors: Float32Array.of(1, 0, 0, 0.9, 0, 0, 0, 0),
  outVectors: Float32Array.of(0, 0, 0, 0, 1, 0, 0, 1),
};
const neuralCF: NeuralCF = {
  numUsers: 2,
  numItems: 4,
  embeddingDim: 1,
  hiddenDims: [1, 1],
  parameters: {
    userEmbeddings: new Float32Array(4),
    itemEmbeddings: new Float32Array(8),
    itemBiases: new Float32Array(4),
    layer1UserWeights: new Float32Array(1),
    layer1ItemWeights: new Float32Array(1),
    layer1Biases: new Float32Array(1),
    layer2Weights: new Float32Array(1),
    layer2Biases: new Float32Array(1),
    outputWeights: new Float32Array(1),
  },
};

const taskWhere = (heldOut: number) => {
  const history = rowsOf([
    [0, 1],
    [0, 1],
  ]);
  const task = prepareTask({
    protocol: 'last-out',
    ids: { users: IdMap.from([0, 1]), items: IdMap.from([0, 1, 2, 3]) },
    facts: { releaseYears: null },
    train: history,
    holdout: rowsOf([[heldOut], [heldOut]]),
    shape: { kind: 'last-out' },
    negatives: { kind: 'none' },
    seed: 1,
  });
  return splitInMemory(task);
};

const modelWith = (settings: ServedSettings): RecommenderModel => ({
  numItems: 4,
  item2vec,
  implicitALS: null,
  ease: null,
  coVisitation: null,
  transitions: null,
  trend: null,
  neuralCF,
  neuralCFFoldIn: null,
  rising: null,
  dislikes: null,
  popularity: new Float32Array(4),
  neighbours: { numNeighbours: 0, items: new Int32Array(0), lifts: new Float32Array(0) },
  itemMap: null,
  sequence: null,
  settings,
});

const deps = { progress: createProgress(process.stderr, 'none'), signal: new AbortController().signal };

describe('tuneSettings', () => {
  const recipe = quickRecipe({ users: 2, items: 4, interactions: 4 }).recipe;
  const model = modelWith(defaultSettings(recipe));

  it('weighs the end of the history where the next item follows from the latest, else all of it alike', async () => {
    // item2vec's parts: all alike 1 : 0.9 for item 2; with recency (τ 5) item 0 has only e^(−1/5) = 0.82 against 0.9.
    const forLatest = await tuneSettings(taskWhere(3), model, true, deps);
    expect(forLatest.retrievalWeights).toEqual({ item2vecRecent: 1 });
    expect(forLatest.rankingWeights.item2vecRecent).toBeGreaterThan(0);
    expect(forLatest.rankingWeights.item2vec).toBeUndefined();
    const forAll = await tuneSettings(taskWhere(2), model, true, deps);
    expect(forAll.retrievalWeights).toEqual({ item2vec: 1 });
  });

  it('weighs rising movies where they are what comes next, else not at all', async () => {
    const rising = Float32Array.of(0, 0, 0, 1);
    const blind = { ...item2vec, inVectors: new Float32Array(item2vec.inVectors.length) };
    const { retrievalWeights } = await tuneSettings(
      taskWhere(3),
      { ...model, item2vec: blind, rising },
      true,
      deps,
    );
    expect(retrievalWeights).toEqual({ rising: 1 });
    const elsewhere = await tuneSettings(taskWhere(2), { ...model, rising }, true, deps);
    expect(elsewhere.retrievalWeights).toEqual({ item2vec: 1 });
    expect(elsewhere.rankingWeights).not.toHaveProperty('rising');
  });

  it('leaves alone what the recipe fixes', async () => {
    const fixed = { ...model, settings: { ...model.settings, dislikeWeight: 0.125 } };
    const settings = await tuneSettings(taskWhere(2), fixed, false, deps);
    expect(settings).toMatchObject({
      retrievalWeights: recipe.serving.retrievalWeights,
      rankingWeights: recipe.serving.rankingWeights,
      dislikeWeight: 0.125,
    });
  });

  it('weighs what was disliked as much as costs no hits', async () => {
    expect((await tuneSettings(taskWhere(2), model, true, deps)).dislikeWeight).toBeGreaterThan(0);
  });

  it('stops between two trials when it is told to', async () => {
    const controller = new AbortController();
    const choosing = tuneSettings(taskWhere(3), model, true, { ...deps, signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(choosing).rejects.toThrow('enough');
  });

  it('always leaves NeuralCF a say', async () => {
    const { rankingWeights } = await tuneSettings(taskWhere(3), model, true, deps);
    expect(rankingWeights.neuralCF).toBeGreaterThanOrEqual(0.1);
  });
});
