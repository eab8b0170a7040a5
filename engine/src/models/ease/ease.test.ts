import { describe, expect, it } from '@jest/globals';
import type { Interactions } from '../../data/interactions.ts';
import { randomInt, seededRandom } from '../../random/random.ts';
import { scoreSparse } from '../../sparse/itemMatrix.ts';
import type { SparseItemMatrix } from '../../sparse/itemMatrix.ts';
import { checkerboard, describeModelContract, interactionsOf } from '../../test/modelContract.ts';
import { builtKernel } from '../../test/testKernel.ts';
import { FitError } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import { fitEASE } from './index.ts';
import type { EASEOptions } from './index.ts';
import { fitEASEReference } from './reference.ts';

const { abs, max } = Math;

/** 60 users × 90 items, low numbers being met more often; many pairs twice. */
function randomInteractions(): Interactions {
  const random = seededRandom(7);
  const histories = Array.from({ length: 60 }, () =>
    Array.from({ length: 1 + randomInt(random, 40) }, () => randomInt(random, 1 + randomInt(random, 90))),
  );
  return interactionsOf(histories, 90);
}

/** B, [numItems × numItems]. */
function dense({ numItems, offsets, items, weights }: SparseItemMatrix): Float32Array {
  const matrix = new Float32Array(numItems * numItems);
  for (let item = 0; item < numItems; item++) {
    for (let entry = offsets[item]; entry < offsets[item + 1]; entry++) {
      matrix[item * numItems + items[entry]] = weights[entry];
    }
  }
  return matrix;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, index) => max(largest, abs(value - b[index])), 0);
}

const data = randomInteractions();
const random = seededRandom(8);
const weights = Float32Array.from(data.itemIndices, () => 0.1 + random());
const all = { l2: 5, numNeighbours: 90 };

for (const [kind, fit] of [
  ['kernel', fitEASE],
  ['reference', fitEASEReference],
] as const) {
  const fitted = (interactions: Interactions, options: EASEOptions, context: FitContext) => {
    const matrix = fit(interactions, options, context);
    return {
      learned: [matrix.weights, Float32Array.from(matrix.items)],
      scoreAll: (userIndex: number) => {
        const scores = new Float32Array(interactions.numItems);
        const [from, to] = [interactions.userOffsets[userIndex], interactions.userOffsets[userIndex + 1]];
        scoreSparse(matrix, interactions.itemIndices.subarray(from, to), undefined, scores);
        return scores;
      },
    };
  };
  describe(kind, () => {
    describeModelContract({
      name: 'ease',
      isClosedForm: true,
      fit: (interactions, context) => fitted(interactions, { l2: 1, numNeighbours: 12 }, context),
      fitDiverging: (interactions, context) =>
        fitted(interactions, { l2: 1, numNeighbours: 12, weights: notNumbers(interactions) }, context),
    });
  });
}

function notNumbers({ itemIndices }: Interactions): Float32Array {
  return new Float32Array(itemIndices.length).fill(NaN);
}

describe('fitEASE', () => {
  builtKernel('ease');

  it('by hand: two items that one user met, λ = 1', () => {
    // G + λI = [[2, 1], [1, 2]], P ∝ [[2, −1], [−1, 2]], B = ½ off the diagonal.
    for (const form of ['primal', 'dual'] as const) {
      const { items, weights: kept } = fitEASE(
        interactionsOf([[0, 1]], 2),
        { l2: 1, numNeighbours: 1, form },
        { seed: 1 },
      );
      expect([...items]).toEqual([1, 0]);
      expect(kept[0]).toBeCloseTo(0.5, 6);
      expect(kept[1]).toBeCloseTo(0.5, 6);
    }
  });

  it('solves the regression of each item on all others', () => {
    // The normal equations without item j: (G + λI) b_j = G_j in all rows but j.
    const { l2 } = all;
    const b = dense(fitEASEReference(data, all, { seed: 1 }));
    const x = new Float32Array(60 * 90);
    for (let user = 0; user < 60; user++) {
      for (let entry = data.userOffsets[user]; entry < data.userOffsets[user + 1]; entry++) {
        x[user * 90 + data.itemIndices[entry]]++;
      }
    }
    const residual = (user: number, j: number): number => {
      let predicted = 0;
      for (let i = 0; i < 90; i++) predicted += x[user * 90 + i] * b[i * 90 + j];
      return x[user * 90 + j] - predicted;
    };
    for (const j of [0, 13, 89]) {
      const residuals = Array.from({ length: 60 }, (_, user) => residual(user, j));
      for (let i = 0; i < 90; i++) {
        if (i === j) continue;
        const slope = residuals.reduce((sum, value, user) => sum + value * x[user * 90 + i], 0);
        expect(slope - l2 * b[i * 90 + j]).toBeCloseTo(0, 4);
      }
    }
  });

  it.each<[string, Partial<EASEOptions>]>([
    ['ones', {}],
    ['weights', { weights }],
    ['the most met items only', { maxItems: 30 }],
  ])('is the same by kernel and reference, primal and dual: %s', (_, extra) => {
    const options = { ...all, ...extra };
    const expected = dense(fitEASEReference(data, { ...options, form: 'primal' }, { seed: 1 }));
    for (const form of ['primal', 'dual'] as const) {
      for (const fit of [fitEASE, fitEASEReference]) {
        const found = dense(fit(data, { ...options, form }, { seed: 1 }));
        expect(largestDifference(found, expected)).toBeLessThan(5e-5 * max(...expected));
      }
    }
  });

  it.each(['primal', 'dual'] as const)('gives the same bytes from two threads as from one, %s', (form) => {
    const [one, two] = [1, 2].map((threads) => fitEASE(data, { ...all, form }, { seed: 1, threads }));
    expect(two).toEqual(one);
  });

  it('keeps the strongest weights of all, in order; what is cut off is what the scores lose', () => {
    const whole = fitEASE(data, all, { seed: 1 });
    const cut = fitEASE(data, { ...all, numNeighbours: 7 }, { seed: 1 });
    const descending = (a: number, b: number): number => b - a;
    const rowOf = ({ weights: kept, offsets }: SparseItemMatrix, item: number): number[] =>
      Array.from(kept.subarray(offsets[item], offsets[item + 1]), abs);
    for (let item = 0; item < data.numItems; item++) {
      const magnitudes = rowOf(whole, item);
      expect(magnitudes).toEqual([...magnitudes].sort(descending));
      expect(rowOf(cut, item)).toEqual(magnitudes.slice(0, rowOf(cut, item).length));
    }
    const most = 7 * data.numItems;
    expect([...cut.weights.map(abs)].sort(descending)).toEqual(
      [...whole.weights.map(abs)].sort(descending).slice(0, most),
    );
    const [wholeScores, cutScores] = [whole, cut].map((matrix) => {
      const scores = new Float32Array(data.numItems);
      scoreSparse(matrix, Int32Array.of(3), Float32Array.of(2), scores);
      return scores;
    });
    const lost = wholeScores.map((score, target) => score - cutScores[target]);
    const tail = rowOf(whole, 3).slice(rowOf(cut, 3).length);
    expect(tail.length).toBeGreaterThan(0);
    expect(max(...lost.map(abs))).toBeCloseTo(2 * tail[0], 6);
  });

  it('leaves out items with too few interactions: their rows are empty, and no list has them', () => {
    const { items, offsets } = fitEASE(data, { ...all, maxItems: 2 }, { seed: 1 });
    expect(new Set(items).size).toBe(2);
    expect(items).toHaveLength(2);
    expect(offsets).toHaveLength(91);
  });

  it('takes users with one interaction, items with one, and histories all alike', () => {
    for (const histories of [[[0], [1], [2]], [[0, 1, 2], [3]], Array<number[]>(20).fill([0, 1, 2, 3])]) {
      for (const form of ['primal', 'dual'] as const) {
        const { weights: kept } = fitEASE(interactionsOf(histories, 4), { ...all, form }, { seed: 1 });
        expect(kept.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('names the option that is out of range', () => {
    const board = checkerboard(4);
    for (const [options, message] of [
      [{ l2: 0, numNeighbours: 3 }, 'ease: l2 must be'],
      [{ l2: 1, numNeighbours: 0 }, 'ease: numNeighbours must be'],
      [{ l2: 1, numNeighbours: 3, maxItems: 0 }, 'ease: maxItems must be'],
      [{ l2: 1, numNeighbours: 3, weights: new Float32Array(1) }, 'ease: 1 weights for'],
    ] as const) {
      expect(() => fitEASE(board, options, { seed: 1 })).toThrow(message);
      expect(() => fitEASE(board, options, { seed: 1 })).toThrow(FitError);
    }
  });
});
