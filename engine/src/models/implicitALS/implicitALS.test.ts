import { describe, expect, it } from '@jest/globals';
import type { Interactions } from '../../data/interactions.ts';
import { randomInt, seededRandom } from '../../random/random.ts';
import { checkerboard, describeModelContract, interactionsOf } from '../../test/modelContract.ts';
import { builtKernel } from '../../test/testKernel.ts';
import type { EpochProgress, FitContext } from '../fitting.ts';
import { foldInImplicitALS } from './foldIn.ts';
import { fitImplicitALS } from './index.ts';
import type { ImplicitALS, ImplicitALSOptions } from './index.ts';
import { fitImplicitALSReference } from './reference.ts';

const { abs, max } = Math;

const random = seededRandom(7);
const data = interactionsOf(
  Array.from({ length: 50 }, () =>
    Array.from({ length: 1 + randomInt(random, 90) }, () => randomInt(random, 1 + randomInt(random, 70))),
  ),
  70,
);
const weights = Float32Array.from(data.itemIndices, () => 2 * random());
const settings = { dim: 12, regularization: 0.02, unobservedWeight: 0.1, iterations: 4 };

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, index) => max(largest, abs(value - b[index])), 0);
}

/** The objective that the fit minimises, term by term, over all pairs. */
function objective(model: ImplicitALS, interactions: Interactions): number {
  const { dim, numUsers, numItems, userVectors, itemVectors, regularization, unobservedWeight } = model;
  const { userOffsets, itemIndices } = interactions;
  const score = (user: number, item: number): number => {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += userVectors[user * dim + d] * itemVectors[item * dim + d];
    return sum;
  };
  const squaredNorm = (vectors: Float32Array, row: number): number =>
    vectors.subarray(row * dim, (row + 1) * dim).reduce((sum, value) => sum + value ** 2, 0);
  const itemCounts = new Float32Array(numItems);
  let total = 0;
  for (let user = 0; user < numUsers; user++) {
    for (let item = 0; item < numItems; item++) total += unobservedWeight * score(user, item) ** 2;
    for (let entry = userOffsets[user]; entry < userOffsets[user + 1]; entry++) {
      total += (score(user, itemIndices[entry]) - 1) ** 2;
      itemCounts[itemIndices[entry]]++;
    }
    const count = userOffsets[user + 1] - userOffsets[user];
    total += regularization * (count + unobservedWeight * numItems) * squaredNorm(userVectors, user);
  }
  for (let item = 0; item < numItems; item++) {
    total +=
      regularization * (itemCounts[item] + unobservedWeight * numUsers) * squaredNorm(itemVectors, item);
  }
  return total;
}

for (const [kind, fit] of [
  ['kernel', fitImplicitALS],
  ['reference', fitImplicitALSReference],
] as const) {
  const fitted = (interactions: Interactions, options: Partial<ImplicitALSOptions>, context: FitContext) => {
    const model = fit(
      interactions,
      { dim: 4, regularization: 0.01, unobservedWeight: 0.1, iterations: 6, ...options },
      context,
    );
    const { dim, numItems, userVectors, itemVectors } = model;
    return {
      learned: [userVectors, itemVectors, model.gramian],
      scoreAll: (user: number) =>
        Float32Array.from({ length: numItems }, (_, item) => {
          let sum = 0;
          for (let d = 0; d < dim; d++) sum += userVectors[user * dim + d] * itemVectors[item * dim + d];
          return sum;
        }),
    };
  };
  describe(kind, () => {
    describeModelContract({
      name: 'implicitALS',
      fit: (interactions, context) => fitted(interactions, {}, context),
      fitDiverging: (interactions, context) => fitted(interactions, { initialDeviation: 1e60 }, context),
    });
  });

  it(`${kind}: reports the objective it minimises, which never rises`, () => {
    const seen: EpochProgress[] = [];
    const model = fit(data, settings, { seed: 1, onEpoch: (progress) => seen.push(progress) });
    const losses = seen.map(({ loss }) => loss);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(losses.at(-1)).toBeCloseTo(objective(model, data) / data.itemIndices.length, 5);
  });
}

describe('fitImplicitALS', () => {
  builtKernel('implicitALS');

  it.each([1, 8, 12, 40])('agrees with the reference at %d dimensions, with weights and without', (dim) => {
    for (const extra of [{}, { weights }, { frequencyScaling: 0.5, regularization: 0.2 }]) {
      const options = { ...settings, dim, ...extra };
      const found = fitImplicitALS(data, options, { seed: 2 });
      const expected = fitImplicitALSReference(data, options, { seed: 2 });
      for (const learned of ['userVectors', 'itemVectors', 'gramian'] as const) {
        const scale = max(...expected[learned].map(abs));
        expect(largestDifference(found[learned], expected[learned])).toBeLessThan(1e-4 * scale);
      }
    }
  });

  it('gives the same bytes from two threads as from one', () => {
    const [one, two] = [1, 2].map((threads) => fitImplicitALS(data, settings, { seed: 1, threads }));
    expect(two).toEqual(one);
  });

  it('counts a weight of 2 as two interactions', () => {
    const twice = fitImplicitALSReference(interactionsOf([[0, 0, 1], [1]], 2), settings, { seed: 1 });
    const heavy = fitImplicitALSReference(
      interactionsOf([[0, 1], [1]], 2),
      { ...settings, weights: Float32Array.of(2, 1, 1) },
      { seed: 1 },
    );
    expect(largestDifference(heavy.itemVectors, twice.itemVectors)).toBeLessThan(1e-6);
  });

  it('takes users with one interaction, items with none, and histories all alike', () => {
    for (const histories of [[[0], [1], []], [[0, 1, 2], [3]], Array<number[]>(20).fill([0, 1, 2, 3])]) {
      const { userVectors, itemVectors } = fitImplicitALS(interactionsOf(histories, 6), settings, {
        seed: 1,
      });
      expect([...userVectors, ...itemVectors].every(Number.isFinite)).toBe(true);
      expect(itemVectors.subarray(5 * settings.dim)).toEqual(new Float32Array(settings.dim));
    }
  });

  it('names the option that is out of range', () => {
    const board = checkerboard(4);
    for (const [options, message] of [
      [{ dim: 0 }, 'implicitALS: dim must be'],
      [{ regularization: NaN }, 'implicitALS: regularization must be'],
      [{ frequencyScaling: -1 }, 'implicitALS: frequencyScaling must be'],
      [{ weights: new Float32Array(1) }, 'implicitALS: 1 weights for'],
      [{ weights: new Float32Array(4).fill(-1) }, 'implicitALS: every weight'],
    ] as const) {
      expect(() => fitImplicitALS(board, { ...settings, ...options }, { seed: 1 })).toThrow(message);
    }
  });
});

describe('foldInImplicitALS', () => {
  const model = fitImplicitALS(data, { ...settings, weights }, { seed: 1 });
  const { dim } = model;

  it('finds the vector of a trained user again', () => {
    for (const user of [0, 17, 49]) {
      const [from, to] = [data.userOffsets[user], data.userOffsets[user + 1]];
      const vector = foldInImplicitALS(
        model,
        data.itemIndices.subarray(from, to),
        weights.subarray(from, to),
      );
      const trained = model.userVectors.subarray(user * dim, (user + 1) * dim);
      expect(largestDifference(vector, trained)).toBeLessThan(1e-5);
    }
  });

  it('gives a user without a history zeros, and refuses what does not fit', () => {
    expect(foldInImplicitALS(model, new Int32Array(0))).toEqual(new Float32Array(dim));
    expect(() => foldInImplicitALS(model, Int32Array.of(70))).toThrow('item 70 outside 70');
    expect(() => foldInImplicitALS(model, Int32Array.of(1), new Float32Array(2))).toThrow('2 weights for 1');
  });
});
