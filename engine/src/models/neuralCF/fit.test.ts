import { describe, expect, it } from '@jest/globals';
import type { Interactions } from '../../data/interactions.ts';
import { gaussian, seededRandom } from '../../random/random.ts';
import { checkerboard, describeModelContract, interactionsOf } from '../../test/modelContract.ts';
import type { FittedModel } from '../../test/modelContract.ts';
import { DivergenceError } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import { fitNeuralCFWith } from './fitWith.ts';
import { fitNeuralCF, fitNeuralCFReference } from './index.ts';
import type { NeuralCFOptions, NeuralCF, NeuralCFInit } from './index.ts';
import { initialNeuralCF } from './initial.ts';
import { referenceTrainer } from './reference.ts';
import { scoreNeuralCF } from './scoring.ts';
import type { StartTrainer } from './trainer.ts';

const OPTIONS: NeuralCFOptions = {
  embeddingDim: 8,
  hiddenDims: [16, 8],
  negatives: 4,
  epochs: 40,
  learningRate: 0.01,
  batchSize: 16,
};

function fit(
  interactions: Interactions,
  context: FitContext,
  options = OPTIONS,
  fitModel = fitNeuralCF,
): FittedModel {
  const model = fitModel(interactions, options, context);
  const items = Int32Array.from({ length: interactions.numItems }, (_, itemIndex) => itemIndex);
  return {
    learned: Object.values(model.parameters),
    scoreAll: (userIndex) => {
      const scores = new Float32Array(items.length);
      scoreNeuralCF(model, userIndex, items, scores);
      return scores;
    },
  };
}

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return null;
}

describeModelContract({
  name: 'neuralCF',
  fit,
  fitDiverging: (interactions, context) => fit(interactions, context, { ...OPTIONS, learningRate: 1e38 }),
});

describeModelContract({
  name: 'neuralCF',
  fit: (interactions, context) => fit(interactions, context, OPTIONS, fitNeuralCFReference),
  fitDiverging: (interactions, context) =>
    fit(interactions, context, { ...OPTIONS, learningRate: 1e38 }, fitNeuralCFReference),
});

describe('fitNeuralCF', () => {
  it('says with which settings it diverged, and keeps the model of the epoch before', () => {
    const board = checkerboard(12);
    const options = { ...OPTIONS, epochs: 3 };
    const models: NeuralCF[] = [];
    const startTrainer: StartTrainer = (model, interactions, settings) => {
      const trainer = referenceTrainer(model, interactions, settings);
      let epoch = 0;
      return {
        runEpoch(plan) {
          if (++epoch === 3) model.parameters.outputWeights[0] = NaN;
          const result = trainer.runEpoch(plan);
          models.push(structuredClone(model));
          return result;
        },
      };
    };
    const error = errorOf(() => fitNeuralCFWith(startTrainer, board, options, { seed: 1 }));
    expect(error).toBeInstanceOf(DivergenceError);
    expect(error).toMatchObject({
      message: expect.stringContaining('epoch 3 of 3 with learningRate 0.01, batchSize 16'),
      epoch: 3,
      lastGood: models[1],
    });
  });

  it('learns from histories of one interaction each', () => {
    const scores = fit(interactionsOf([[0], [1]], 3), { seed: 1 }).scoreAll(0);
    expect(scores[0]).toBeGreaterThan(scores[2]);
  });

  it('passes over users who have met every item, and refuses data of only such users', () => {
    const mixed = fit(interactionsOf([[0, 1, 2], [0]], 3), { seed: 1 });
    expect(mixed.scoreAll(1)[0]).toBeGreaterThan(mixed.scoreAll(1)[1]);
    expect(() => fit(interactionsOf([[0, 1, 2]], 3), { seed: 1 })).toThrow(
      'neuralCF: every user has met every item',
    );
  });

  it('refuses options out of range', () => {
    expect(() => fit(checkerboard(4), { seed: 1 }, { ...OPTIONS, batchSize: 0 })).toThrow(
      'neuralCF: batchSize must be an integer of at least 1, not 0',
    );
    expect(() => fit(checkerboard(4), { seed: 1 }, { ...OPTIONS, hiddenDims: [8, 0] })).toThrow('hiddenDims');
  });
});

describe('a start from a matrix factorization', () => {
  const random = seededRandom(2);
  const normal = (length: number): Float32Array => Float32Array.from({ length }, () => gaussian(random));
  const init: NeuralCFInit = {
    numUsers: 12,
    numItems: 12,
    dim: 8,
    userVectors: normal(96),
    itemVectors: normal(96),
    itemBiases: normal(12),
    userBiases: Float32Array.from({ length: 12 }, (_, userIndex) => userIndex % 2),
    globalBias: -1.5,
  };
  const items = Int32Array.from({ length: 12 }, (_, itemIndex) => itemIndex);

  it('scores nearly as the factorization does before the first step', () => {
    const model = initialNeuralCF({ ...OPTIONS, numUsers: 12, numItems: 12 }, seededRandom(1), init);
    const scores = new Float32Array(12);
    for (let userIndex = 0; userIndex < 12; userIndex++) {
      scoreNeuralCF(model, userIndex, items, scores);
      for (const itemIndex of items) {
        let expected = init.itemBiases[itemIndex] - 1;
        for (let d = 0; d < 8; d++) {
          expected += init.userVectors[userIndex * 8 + d] * init.itemVectors[itemIndex * 8 + d];
        }
        expect(scores[itemIndex]).toBeCloseTo(expected, 1);
      }
    }
  });

  it('learns from there on, leaving what it started from as it was', () => {
    const before = init.userVectors.slice();
    const losses: number[] = [];
    const context: FitContext = { seed: 1, onEpoch: ({ loss }) => losses.push(loss) };
    fitNeuralCF(checkerboard(12), OPTIONS, context, init);
    expect(losses.at(-1)).toBeLessThan(0.5 * losses[0]);
    expect(init.userVectors).toEqual(before);
  });

  it('refuses a factorization of other sizes', () => {
    const fitFrom = (other: Partial<NeuralCFInit>) => () =>
      fitNeuralCF(checkerboard(12), OPTIONS, { seed: 1 }, { ...init, ...other });
    expect(fitFrom({ dim: 4 })).toThrow('embeddingDim is 8');
    expect(fitFrom({ numItems: 11 })).toThrow('11 items');
  });
});
