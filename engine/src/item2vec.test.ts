import { describe, expect, it } from '@jest/globals';
import { FitError } from './fitting.ts';
import type { FitContext } from './fitting.ts';
import type { Interactions } from './interactions.ts';
import { fitItem2Vec } from './item2vec.ts';
import type { Item2Vec, Item2VecOptions } from './item2vec.ts';
import { checkerboard, describeModelContract, interactionsOf } from './modelContract.ts';
import type { FittedModel } from './modelContract.ts';
import { userVector } from './serving/userVector.ts';
import { topK } from './topK.ts';

const OPTIONS: Item2VecOptions = { dim: 8, window: 5, negatives: 5, epochs: 40, learningRate: 0.1 };

function fit(interactions: Interactions, context: FitContext, options = OPTIONS): FittedModel {
  const model = fitItem2Vec(interactions, options, context);
  return {
    learned: [model.inVectors, model.outVectors],
    scoreAll: (userIndex) => {
      const from = interactions.userOffsets[userIndex];
      const items = interactions.itemIndices.subarray(from, interactions.userOffsets[userIndex + 1]);
      const history = Array.from(items, (itemIndex) => ({ itemIndex, rating: 5 }));
      const query = userVector(history, new Float32Array(history.length).fill(1), model);
      const ranked = topK(query, model.outVectors, model.dim, model.numItems);
      const scores = new Float32Array(model.numItems);
      ranked.items.forEach((itemIndex, place) => (scores[itemIndex] = ranked.scores[place]));
      return scores;
    },
  };
}

describeModelContract({
  name: 'item2vec',
  fit,
  fitDiverging: (interactions, context) => fit(interactions, context, { ...OPTIONS, learningRate: 1e30 }),
});

describe('fitItem2Vec', () => {
  it('puts what follows one another together: IN·OUT is larger within a sequence than across', () => {
    const { inVectors, outVectors, dim } = fitItem2Vec(
      interactionsOf(
        Array.from({ length: 40 }, (_, user) => (user % 2 === 0 ? [0, 1, 2] : [3, 4, 5])),
        6,
      ),
      OPTIONS,
      { seed: 1 },
    );
    const score = (a: number, b: number): number => {
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += inVectors[a * dim + d] * outVectors[b * dim + d];
      return sum;
    };
    expect(score(0, 1) - score(0, 4)).toBeGreaterThan(2);
  });

  it.each([1, 4])('learns with %d negatives too', (negatives) => {
    const losses: number[] = [];
    fit(checkerboard(10), { seed: 1, onEpoch: ({ loss }) => losses.push(loss) }, { ...OPTIONS, negatives });
    expect(losses[losses.length - 1]).toBeLessThan(0.9 * losses[0]);
  });

  it('starts from a loss of ln 2 per target: all of it is undecided', () => {
    const losses: number[] = [];
    const options = { ...OPTIONS, epochs: 1, learningRate: 1e-9 };
    fitItem2Vec(checkerboard(10), options, { seed: 1, onEpoch: ({ loss }) => losses.push(loss) });
    expect(losses[0]).toBeCloseTo((1 + options.negatives) * Math.LN2, 5);
  });

  it('scores both ways alike, by the mean of both, where that is asked for', () => {
    const board = checkerboard(6);
    const plain = fitItem2Vec(board, OPTIONS, { seed: 1 });
    const both = fitItem2Vec(board, { ...OPTIONS, symmetric: true }, { seed: 1 });
    const score = ({ dim, inVectors, outVectors }: Item2Vec, a: number, b: number): number => {
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += inVectors[a * dim + d] * outVectors[b * dim + d];
      return sum;
    };
    expect(both.dim).toBe(2 * OPTIONS.dim);
    expect(score(both, 1, 4)).toBeCloseTo((score(plain, 1, 4) + score(plain, 4, 1)) / 2, 5);
    expect(score(both, 1, 4)).toBeCloseTo(score(both, 4, 1), 5);
  });

  it('refuses histories of one interaction each, tiny catalogues and options out of range', () => {
    expect(() => fitItem2Vec(interactionsOf([[0], [1]], 4), OPTIONS, { seed: 1 })).toThrow(
      'item2vec: no history has two interactions to learn from',
    );
    expect(() => fitItem2Vec(interactionsOf([[0, 1]], 2), OPTIONS, { seed: 1 })).toThrow(FitError);
    expect(() => fitItem2Vec(checkerboard(4), { ...OPTIONS, dim: 1.5 }, { seed: 1 })).toThrow(
      'item2vec: dim must be an integer of at least 1, not 1.5',
    );
    expect(() => fitItem2Vec(checkerboard(4), { ...OPTIONS, learningRate: NaN }, { seed: 1 })).toThrow(
      'learningRate must be a number above 0',
    );
  });
});
