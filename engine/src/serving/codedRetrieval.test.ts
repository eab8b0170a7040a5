import { describe, expect, it } from '@jest/globals';
import { RETRIEVAL_FEATURES } from '../features/registry.ts';
import { randomInt, seededRandom } from '../random/random.ts';
import { QUANTISED_FROM } from '../search/quantise.ts';
import { randomModel } from '../test/randomModel.ts';
import { candidateKernel } from './candidateKernel.ts';
import { foldIn } from './foldIn.ts';
import type { BlendPart, CandidateKernel, KernelFeature } from './modelKernel.ts';

const numItems = QUANTISED_FROM + 5;
const model = randomModel(numItems, 24);
const kernel = candidateKernel(model) as CandidateKernel;
const random = seededRandom(4);

function randomUser(length: number) {
  const history = Array.from({ length }, () => ({
    itemIndex: randomInt(random, numItems),
    rating: 4,
    timestamp: 1e9 + 1e7 * random(),
  }));
  return foldIn(model, history, null);
}

/** Features that weigh differently; a few of them nothing, though their values are wanted. */
function partsOf(features: readonly KernelFeature[]): BlendPart[] {
  return features.flatMap((one, index) =>
    index % 4 === 3 ? [] : [{ ...one, scale: (index + 1) / one.deviation }],
  );
}

describe('retrieval by codes', () => {
  it.each([1, 5, 60, 1000])('finds what exact scores find, to the last bit: a history of %d', (length) => {
    const user = randomUser(length);
    const eligible = Uint8Array.from({ length: numItems }, () => Number(random() < 0.8));
    for (const k of [1, 500]) {
      const coded = kernel.featuresToBlend(user, RETRIEVAL_FEATURES);
      // Of items that nobody met iALS has vectors of zero, which take no codes.
      const names = coded.filter((one) => one.coded).map(({ feature }) => feature);
      expect(names).toEqual(expect.arrayContaining(['item2vec', 'item2vecRecent']));
      const found = kernel.best(partsOf(coded), k, eligible, coded);
      const exact = kernel
        .features(user, RETRIEVAL_FEATURES)
        // With the same moments, that the totals are the same.
        .map((one, index) => ({ ...one, mean: coded[index].mean, deviation: coded[index].deviation }));
      expect(kernel.best(partsOf(exact), k, eligible, exact)).toEqual(found);
    }
  });

  it('finds all that is eligible where fewer are than asked for', () => {
    const eligible = new Uint8Array(numItems).fill(1, 100, 140);
    const coded = kernel.featuresToBlend(randomUser(20), RETRIEVAL_FEATURES);
    expect([...kernel.best(partsOf(coded), 500, eligible, coded).items].sort()).toEqual(
      Array.from({ length: 40 }, (_, place) => 100 + place),
    );
  });

  it('knows the moments of scores that it does not compute', () => {
    const user = randomUser(30);
    const coded = kernel
      .featuresToBlend(user, RETRIEVAL_FEATURES)
      .map(({ mean, deviation }) => ({ mean, deviation }));
    kernel.features(user, RETRIEVAL_FEATURES).forEach(({ mean, deviation }, index) => {
      expect(Math.abs(coded[index].mean - mean)).toBeLessThanOrEqual(1e-6 * deviation);
      expect(Math.abs(coded[index].deviation - deviation)).toBeLessThanOrEqual(1e-6 * deviation);
    });
  });

  it('computes exactly where a vector is too short for bounds', () => {
    const user = {
      ...randomUser(3),
      item2vec: new Float32Array(24),
      implicitALS: new Float32Array(6).fill(1e-30),
    };
    const features = kernel.featuresToBlend(user, ['item2vec', 'implicitALS', 'item2vecRecent']);
    expect(features.map(({ coded }) => coded !== undefined)).toEqual([false, false, true]);
  });
});
