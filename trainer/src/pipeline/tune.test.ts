import { describe, expect, it } from '@jest/globals';
import { IdMap } from '@pocketrocket/engine';
import type { InteractionRows, Item2Vec, NeuralCF } from '@pocketrocket/engine';
import { recipeNamed } from './recipes.ts';
import { prepareTask } from './task.ts';
import { tuneSettings } from './tune.ts';

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
  return prepareTask({
    protocol: 'last-out',
    ids: { users: IdMap.from([0, 1]), items: IdMap.from([0, 1, 2, 3]) },
    train: history,
    holdout: rowsOf([[heldOut], [heldOut]]),
    shape: { kind: 'last-out' },
    negatives: { kind: 'none' },
    seed: 1,
  });
};

describe('tuneSettings', () => {
  it('takes the recency-weighted vector where the next item follows from the latest, else the mean', () => {
    const recipe = recipeNamed('full');
    // Weights: mean 1 : 0.9 for item 2; recency with τ 5 gives item 0 only e^(−1/5) = 0.82 against 0.9.
    expect(tuneSettings(taskWhere(3), { item2vec, neuralCF }, recipe).userVector).toBe('recency');
    expect(tuneSettings(taskWhere(2), { item2vec, neuralCF }, recipe).userVector).toBe('mean');
  });

  it('leaves alone what the recipe fixes', () => {
    const quick = recipeNamed('quick');
    const { userVector, neuralCFWeight } = tuneSettings(taskWhere(2), { item2vec, neuralCF }, quick);
    expect({ userVector, neuralCFWeight }).toEqual({
      userVector: quick.serving.userVector,
      neuralCFWeight: quick.serving.neuralCFWeight,
    });
    const fixed = { ...recipeNamed('full'), userVectors: ['recency'] as const };
    expect(tuneSettings(taskWhere(2), { item2vec, neuralCF }, fixed).userVector).toBe('recency');
  });

  it('always leaves NeuralCF a say', () => {
    const { neuralCFWeight } = tuneSettings(taskWhere(3), { item2vec, neuralCF }, recipeNamed('full'));
    expect(neuralCFWeight).toBe(0.1);
  });
});
