import { describe, expect, it } from '@jest/globals';
import { fitEASE } from '../models/ease/index.ts';
import { fitImplicitALS } from '../models/implicitALS/index.ts';
import { fitItem2Vec } from '../models/item2vec/index.ts';
import { fitItemNeighbours } from '../models/itemNeighbours/index.ts';
import { fitNeuralCFFoldIn } from '../models/neuralCF/foldIn.ts';
import { fitNeuralCF } from '../models/neuralCF/index.ts';
import { fitPopularity } from '../models/popularity/index.ts';
import type { Tensor } from '../models/tensors.ts';
import { fitSequence } from '../models/sequence/index.ts';
import { fitTransitions } from '../models/transitions/index.ts';
import { fitTrend } from '../models/trend/index.ts';
import { foldIn } from '../serving/foldIn.ts';
import { neuralCFLogits, rankCandidates } from '../serving/rankCandidates.ts';
import { retrieveCandidates } from '../serving/retrieveCandidates.ts';
import { similarItems } from '../serving/similarItems.ts';
import { checkerboard } from '../test/modelContract.ts';
import { modelFromTensors, modelToTensors } from './modelTensors.ts';
import type { RecommenderModel } from './recommenderModel.ts';

const board = checkerboard(8);
const implicitALS = fitImplicitALS(
  board,
  { dim: 4, regularization: 0.02, unobservedWeight: 0.1, iterations: 3 },
  { seed: 1 },
);
const neuralCF = fitNeuralCF(
  board,
  { embeddingDim: 3, hiddenDims: [5, 4], negatives: 2, epochs: 3, learningRate: 0.01, batchSize: 8 },
  { seed: 1 },
);
const neighbourhood = { window: 3, decay: 2, numNeighbours: 4 };
const model: RecommenderModel = {
  numItems: 8,
  item2vec: fitItem2Vec(
    board,
    { dim: 4, window: 2, negatives: 2, epochs: 3, learningRate: 0.1 },
    { seed: 1 },
  ),
  implicitALS,
  ease: fitEASE(board, { l2: 2, numNeighbours: 4 }, { seed: 1 }),
  coVisitation: fitTransitions(board, { ...neighbourhood, isDirected: false }),
  transitions: fitTransitions(board, { ...neighbourhood, isDirected: true }),
  trend: fitTrend(board),
  neuralCF,
  neuralCFFoldIn: fitNeuralCFFoldIn(implicitALS, neuralCF, board),
  popularity: fitPopularity(board),
  rising: Float32Array.of(0, 0, 0.5, 1, 0, 0.25, 0, 0),
  dislikes: Float32Array.of(0.1, 0.2, 0.1, 0.4, 0.2, 0.2, 0.3, 0.1),
  sequence: fitSequence(
    board,
    {
      dim: 16,
      length: 3,
      blocks: 1,
      heads: 2,
      hiddenDim: 16,
      epochs: 2,
      learningRate: 0.01,
      batchSize: 4,
      negatives: 8,
      dropout: 0,
      loss: 'softmax',
      gaps: true,
      ratings: false,
      crops: true,
      averaging: 0,
    },
    { seed: 1 },
  ),
  neighbours: fitItemNeighbours(board),
  itemMap: Float32Array.from({ length: 16 }, (_, at) => at / 3),
  settings: {
    retrievalWeights: { item2vec: 0.2, implicitALS: 0.2, ease: 0.2, coVisitation: 0.2, trend: 0.2 },
    rankingWeights: { item2vec: 0.4, transitionsRecent: 0.2, neuralCF: 0.4 },
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
    expect(loaded).toEqual(model);
    const recommend = (one: RecommenderModel, userIndex: number | null): unknown => {
      const user = foldIn(one, [{ itemIndex: 0, rating: 5, timestamp: 2 }], userIndex);
      const candidates = retrieveCandidates(one, user);
      return rankCandidates(one, candidates, neuralCFLogits(one, user, candidates.items));
    };
    expect(recommend(loaded, 2)).toEqual(recommend(model, 2));
    expect(recommend(loaded, null)).toEqual(recommend(model, null));
    expect(similarItems(loaded, 2, 3)).toEqual(similarItems(model, 2, 3));
  });

  it('may lack every model but item2vec', () => {
    const none = { implicitALS: null, ease: null, coVisitation: null, transitions: null, trend: null };
    const withoutIt = {
      ...model,
      ...none,
      rising: null,
      sequence: null,
      neuralCF: null,
      neuralCFFoldIn: null,
    };
    expect(modelFromTensors(modelToTensors(withoutIt), model.settings)).toEqual(withoutIt);
  });

  it.each([
    ['popularity', undefined, 'tensor popularity: missing'],
    ['popularity', { shape: [7], data: new Float32Array(7) }, 'tensor popularity: 7 numbers'],
    ['popularity', { shape: [8], data: new Int32Array(8) }, 'must hold float32'],
    ['rising', { shape: [7], data: new Float32Array(7) }, 'tensor rising: 7 numbers'],
    ['item2vec.inVectors', { shape: [32], data: new Float32Array(32) }, 'two dimensions'],
    ['ease.offsets', { shape: [9], data: new Float32Array(9) }, 'must hold int32'],
    ['ease.items', { shape: [2], data: new Int32Array(2) }, '2 numbers of shape 2 instead of'],
    ['implicitALS.gramian', undefined, 'tensor implicitALS.gramian: missing'],
    ['neuralCF.layer1Biases', undefined, 'tensor neuralCF.layer1Biases: missing'],
    ['neuralCF.itemBiases', { shape: [9, 1], data: new Float32Array(9) }, '9 × 1 instead of 8 × 1'],
  ])('refuse a wrong %s', (name, wrong, message) => {
    const tensors: Record<string, Tensor> = copied(modelToTensors(model));
    if (wrong) tensors[name] = wrong;
    else delete tensors[name];
    expect(() => modelFromTensors(tensors, model.settings)).toThrow(message);
  });
});
