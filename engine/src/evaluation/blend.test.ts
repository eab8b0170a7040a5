import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../random/random.ts';
import { calibrate, chooseWeights, discountObjective, ndcgObjective } from './blend.ts';
import type { BlendCase } from './blend.ts';
import { ndcgAtK, ranksOfRelevant } from '../metrics/ranking.ts';

const caseOf = (z: number[][], relevant: number[], numMissed = 0): BlendCase => ({
  z: z.map((values) => Float32Array.from(values)),
  relevant: Uint8Array.from(relevant),
  numMissed,
});

describe('chooseWeights', () => {
  const objective = ndcgObjective(10);
  /** Feature 0 puts the relevant item first, feature 1 says nothing, feature 2 puts it last. */
  const telling = caseOf(
    [
      [2, 0, 1],
      [0, 0, 0],
      [0, 2, 1],
    ],
    [1, 0, 0],
  );

  it('gives all weight to the feature that finds, none to those that tell nothing or mislead', async () => {
    expect([...(await chooseWeights([telling, telling], 3, { objective, seed: 1 }))]).toEqual([1, 0, 0]);
  });

  it('keeps the share of a feature with a floor, and no more than that where it misleads', async () => {
    const floor = { feature: 2, share: 0.1 };
    const weights = await chooseWeights([telling], 3, { objective, floor, seed: 1 });
    expect(weights[2]).toBeGreaterThanOrEqual(0.1);
    expect(weights[0]).toBeGreaterThan(weights[2]);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10);
  });

  it('combines features that each find what the other misses', async () => {
    const first = caseOf(
      [
        [3, 0, 1],
        [1, 2, 0],
      ],
      [1, 0, 0],
    );
    const second = caseOf(
      [
        [1, 2, 0],
        [3, 0, 1],
      ],
      [1, 0, 0],
    );
    const cases = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? first : second));
    const [a, b] = await chooseWeights(cases, 2, { objective, seed: 3 });
    expect(Math.min(a, b)).toBeGreaterThan(0.2);
  });

  it('says the same for the same seed, and something where there are no cases', async () => {
    const choose = (): Promise<Float64Array> => chooseWeights([telling], 3, { objective, seed: 7 });
    expect(await choose()).toEqual(await choose());
    const weights = await chooseWeights([], 3, { objective, floor: { feature: 1, share: 0.1 }, seed: 1 });
    expect([...weights]).toEqual([0, 1, 0]);
  });
});

describe('ndcgObjective', () => {
  it('is nDCG@k with ties counted pessimistically, missed items included', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 50; round++) {
      const numRelevant = 1 + (round % 4);
      const numMissed = round % 3;
      const scores = Float32Array.from({ length: 30 }, () => Math.floor(random() * 12));
      const relevant = Uint8Array.from(scores, (_, index) => Number(index < numRelevant));
      const withMissed = new Float32Array(scores.length + numMissed).fill(-Infinity);
      withMissed.set(scores.subarray(0, numRelevant));
      withMissed.set(scores.subarray(numRelevant), numRelevant + numMissed);
      const expected = ndcgAtK(ranksOfRelevant(withMissed, numRelevant + numMissed), 5);
      const actual = ndcgObjective(5)({ z: [], relevant, numMissed }, scores);
      expect(actual).toBeCloseTo(expected, 10);
    }
  });
});

describe('discountObjective', () => {
  it('counts a hit however far down', () => {
    const one = caseOf([], [0, 0, 1]);
    expect(discountObjective(one, Float32Array.of(3, 2, 1))).toBeCloseTo(Math.log(2) / Math.log(4), 10);
    expect(discountObjective(one, Float32Array.of(1, 2, 3))).toBe(1);
  });
});

describe('calibrate', () => {
  it('makes what was picked more probable than what was not', () => {
    const cases = [caseOf([[2, 0, -2]], [1, 0, 0]), caseOf([[1, 0, -1]], [0, 1, 0])];
    const { slope, intercept } = calibrate(cases, [1]);
    const probability = (z: number): number => 1 / (1 + Math.exp(-slope * z - intercept));
    expect(probability(2)).toBeGreaterThan(0.5);
    expect(probability(-2)).toBeLessThan(0.5);
  });
});
