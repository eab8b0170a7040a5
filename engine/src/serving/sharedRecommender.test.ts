import { types } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { modelToTensors } from '../features/modelTensors.ts';
import { RETRIEVAL_FEATURES } from '../features/registry.ts';
import { withNewItems } from '../newItems/withNewItems.ts';
import type { Tensor } from '../models/tensors.ts';
import { randomInt, seededRandom } from '../random/random.ts';
import { QUANTISED_FROM } from '../search/quantise.ts';
import { randomModel } from '../test/randomModel.ts';
import { featureCacheOf } from './candidateKernel.ts';
import { featureScores } from './featureScores.ts';
import { foldIn } from './foldIn.ts';
import { retrieveCandidates } from './retrieveCandidates.ts';
import { inSharedMemory, openRecommender, shareRecommender } from './sharedRecommender.ts';

describe.each([
  // Vectors that the kernel fills up, and columns of sixteen bits.
  [1001, 12],
  // Vectors as they are, and columns of more than sixteen bits.
  [65_601, 8],
])('a recommender of %d items, item2vec of %d, shared', (numItems, dim) => {
  const model = randomModel(numItems, dim);
  const shared = shareRecommender(model, 2);
  const opened = openRecommender(shared, 1);
  const random = seededRandom(7);
  const history = Array.from({ length: 40 }, () => ({
    itemIndex: randomInt(random, numItems),
    rating: 4,
    timestamp: 1e9 + 1e7 * random(),
  }));

  it('has the tensors that it had', () => {
    expectSame(modelToTensors(opened), modelToTensors(model));
  });

  it('computes the same features without the kernel', () => {
    for (const feature of RETRIEVAL_FEATURES) {
      const [before, after] = [model, opened].map((one) =>
        featureScores(one, foldIn(one, history, null), feature),
      );
      expect([feature, before && after && isSame(after, before)]).toEqual([feature, true]);
    }
  });

  it('takes new items as it did', () => {
    const mixtures = [{ items: Int32Array.of(3, 5), weights: Float32Array.of(0.75, 0.25) }];
    const [before, after] = [model, opened].map((one) => modelToTensors(withNewItems(one, mixtures)));
    expectSame(after, before);
  });

  it('holds one copy of what the kernel works on', () => {
    const { buffer } = openRecommender(shared, 0).ease?.weights ?? new Float32Array(0);
    expect(buffer).toBe(shared.candidates?.buffer);
  });

  it("bounds a thread's cache by the bytes given", () => {
    const maxBytes = 100 * numItems;
    const one = openRecommender(shared, 0, maxBytes);
    for (let user = 0; user < 20; user++) {
      const folded = foldIn(one, history.slice(user), null);
      for (let time = 0; time < 3; time++) retrieveCandidates(one, folded);
      expect(featureCacheOf(one)?.bytes).toBeLessThanOrEqual(maxBytes);
    }
    expect(featureCacheOf(one)).toMatchObject({ maxBytes });
    // Of a large catalogue nothing is cached: codes are compared sooner than features are copied.
    if (numItems < QUANTISED_FROM) expect(featureCacheOf(one)?.bytes).toBeGreaterThan(maxBytes / 2);
    else expect(featureCacheOf(one)?.bytes).toBe(0);
  });
});

/** Compares by bytes: element by element takes minutes. */
function expectSame(
  actual: Readonly<Record<string, Tensor>>,
  expected: Readonly<Record<string, Tensor>>,
): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  for (const [name, { shape, data }] of Object.entries(expected)) {
    expect([name, actual[name].shape]).toEqual([name, shape]);
    expect([name, isSame(actual[name].data, data)]).toEqual([name, true]);
  }
}

function isSame(a: Float32Array | Int32Array, b: Float32Array | Int32Array): boolean {
  return (
    a.constructor === b.constructor && Buffer.from(a.slice().buffer).equals(Buffer.from(b.slice().buffer))
  );
}

describe('inSharedMemory', () => {
  it('copies each array once, and leaves alone what is shared already', () => {
    const once = Float32Array.of(1, 2);
    const already = new Int32Array(new SharedArrayBuffer(8));
    const { a, b, c, d } = inSharedMemory({ a: once, b: [once], c: already, d: null });
    expect(a).toEqual(once);
    expect(types.isSharedArrayBuffer(a.buffer)).toBe(true);
    expect(b[0]).toBe(a);
    expect(c).toBe(already);
    expect(d).toBeNull();
  });
});
