import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { Interactions } from '../../data/interactions.ts';
import { randomInt, seededRandom } from '../../random/random.ts';
import { topK } from '../../search/topK.ts';
import { checkerboard, describeModelContract, interactionsOf } from '../../test/modelContract.ts';
import type { FittedModel } from '../../test/modelContract.ts';
import { builtKernel } from '../../test/testKernel.ts';
import { FitError } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import { fitItem2Vec } from './index.ts';
import type { Item2Vec, Item2VecOptions } from './index.ts';
import { fitItem2VecReference } from './reference.ts';
import { userVector } from './userVector.ts';

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

describe('the kernel', () => {
  builtKernel('item2vec');

  /** 60 histories of 1 to 40 of 30 items; some items come twice, and small catalogues draw equal negatives often. */
  const random = seededRandom(7);
  const histories = interactionsOf(
    Array.from({ length: 60 }, (_, user) =>
      Array.from({ length: 1 + ((user * 7) % 40) }, () => randomInt(random, 30)),
    ),
    30,
  );

  const cases: Partial<Item2VecOptions>[] = [
    {},
    { dim: 7 },
    { dim: 64, window: 1 },
    { negatives: 1 },
    { negatives: 2 },
    { negatives: 10, window: 9 },
    { symmetric: true },
    { sharedNegatives: false, dim: 64 },
    { sharedNegatives: false, negatives: 4 },
  ];
  it.each(cases)('agrees with the reference: %j', (overrides) => {
    const options = { ...OPTIONS, epochs: 3, ...overrides };
    const losses: number[][] = [[], []];
    const [fast, slow] = [fitItem2Vec, fitItem2VecReference].map((fit, which) =>
      fit(histories, options, { seed: 3, onEpoch: ({ loss }) => losses[which].push(loss) }),
    );
    expect(fast.dim).toBe(slow.dim);
    expect(largestDifference(fast.inVectors, slow.inVectors)).toBeLessThan(1e-5);
    expect(largestDifference(fast.outVectors, slow.outVectors)).toBeLessThan(1e-5);
    losses[0].forEach((loss, epoch) => expect(loss).toBeCloseTo(losses[1][epoch], 5));
  });

  it('is the same to the bit on one thread', () => {
    const digest = (threads?: number): string => {
      const { inVectors, outVectors } = fitItem2Vec(histories, OPTIONS, { seed: 3, threads });
      return createHash('sha256').update(inVectors).update(outVectors).digest('hex');
    };
    expect(digest()).toBe(digest(1));
  });

  it('learns as well on two threads, without locks', () => {
    const finalLoss = (threads: number): number => {
      const losses: number[] = [];
      const board = checkerboard(40);
      fitItem2Vec(board, OPTIONS, { seed: 3, threads, onEpoch: ({ loss }) => losses.push(loss) });
      return losses[losses.length - 1];
    };
    expect(Math.abs(finalLoss(2) / finalLoss(1) - 1)).toBeLessThan(0.03);
  });

  it('ends its threads when onEpoch throws', () => {
    const stop = (): void => {
      throw new Error('stopped');
    };
    expect(() => fitItem2Vec(histories, OPTIONS, { seed: 3, threads: 2, onEpoch: stop })).toThrow('stopped');
  });

  function largestDifference(a: Float32Array, b: Float32Array): number {
    expect(a).toHaveLength(b.length);
    return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
  }
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
