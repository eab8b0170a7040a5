import { fitItemNeighbours } from './itemNeighbours.ts';
import { describe, expect, it } from '@jest/globals';
import { fitItem2Vec } from './item2vec.ts';
import { fitNeuralCF } from './fitNeuralCF.ts';
import { checkerboard } from './modelContract.ts';
import { modelFromTensors, modelToTensors } from './modelTensors.ts';
import type { Tensor } from './modelTensors.ts';
import { fitPopularity } from './popularity.ts';
import { rankCandidates } from './serving/rankCandidates.ts';
import type { RecommenderModel } from './serving/servedModel.ts';
import { similarItems } from './serving/similarItems.ts';

const board = checkerboard(8);
const model: RecommenderModel = {
  numItems: 8,
  item2vec: fitItem2Vec(
    board,
    { dim: 4, window: 2, negatives: 2, epochs: 3, learningRate: 0.1 },
    { seed: 1 },
  ),
  neuralCF: fitNeuralCF(
    board,
    { embeddingDim: 3, hiddenDims: [5, 4], negatives: 2, epochs: 3, learningRate: 0.01, batchSize: 8 },
    { seed: 1 },
  ),
  popularity: fitPopularity(board),
  neighbours: fitItemNeighbours(board),
  settings: {
    userVector: 'recency',
    recencyTau: 5,
    neuralCFWeight: 0.4,
    calibration: { ranked: { slope: 1, intercept: 0 }, retrieval: { slope: 1, intercept: 0 } },
    numCandidates: 500,
  },
};

/** As after a round trip over files: copies, with tensors of others beside. */
function copied(tensors: Record<string, Tensor>): Record<string, Tensor> {
  const copies: Record<string, Tensor> = { itemIds: { shape: [8], data: new Int32Array(8) } };
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    copies[name] = { shape: [...shape], data: data.slice() };
  }
  return copies;
}

describe('models as tensors', () => {
  it('score the same to the last bit after a round trip', () => {
    const loaded = modelFromTensors(copied(modelToTensors(model)), model.settings);
    const candidates = { items: Int32Array.of(1, 5, 7), scores: Float32Array.of(3, 2, 1) };
    expect(loaded).toEqual(model);
    expect(rankCandidates(loaded, 2, candidates)).toEqual(rankCandidates(model, 2, candidates));
    expect(similarItems(loaded, 2, 3)).toEqual(similarItems(model, 2, 3));
  });

  it('may lack NeuralCF', () => {
    const withoutIt = { ...model, neuralCF: null };
    expect(modelFromTensors(modelToTensors(withoutIt), model.settings)).toEqual(withoutIt);
  });

  it.each([
    ['popularity', undefined, 'tensor popularity: missing'],
    ['popularity', { shape: [7], data: new Float32Array(7) }, 'tensor popularity: 7 numbers'],
    ['popularity', { shape: [8], data: new Int32Array(8) }, 'must hold float32'],
    ['item2vec.inVectors', { shape: [32], data: new Float32Array(32) }, 'two dimensions'],
    ['neuralCF.layer1Biases', undefined, 'tensor neuralCF.layer1Biases: missing'],
    ['neuralCF.itemBiases', { shape: [9, 1], data: new Float32Array(9) }, '9 × 1 instead of 8 × 1'],
  ])('refuse a wrong %s', (name, wrong, message) => {
    const tensors: Record<string, Tensor> = copied(modelToTensors(model));
    if (wrong) tensors[name] = wrong;
    else delete tensors[name];
    expect(() => modelFromTensors(tensors, model.settings)).toThrow(message);
  });
});
