import { describe, expect, it } from '@jest/globals';
import type { FitContext } from './fitting.ts';
import { fitNeuralCF } from './fitNeuralCF.ts';
import type { NeuralCFOptions } from './fitNeuralCF.ts';
import type { Interactions } from './interactions.ts';
import { checkerboard, describeModelContract, interactionsOf } from './modelContract.ts';
import type { FittedModel } from './modelContract.ts';
import { scoreNeuralCF } from './neuralCF.ts';

const OPTIONS: NeuralCFOptions = {
  embeddingDim: 8,
  hiddenDims: [16, 8],
  negatives: 4,
  epochs: 40,
  learningRate: 0.01,
  batchSize: 16,
};

function fit(interactions: Interactions, context: FitContext, options = OPTIONS): FittedModel {
  const model = fitNeuralCF(interactions, options, context);
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

describeModelContract({
  name: 'neuralCF',
  fit,
  fitDiverging: (interactions, context) => fit(interactions, context, { ...OPTIONS, learningRate: 1e38 }),
});

describe('fitNeuralCF', () => {
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
