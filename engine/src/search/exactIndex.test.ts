import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { fitItem2Vec } from '../models/item2vec/index.ts';
import { gaussian, randomInt, seededRandom } from '../random/random.ts';
import { interactionsOf } from '../test/modelContract.ts';
import { builtKernel } from '../test/testKernel.ts';
import { exactIndex, indexOfModel } from './exactIndex.ts';
import { innerProducts, topK } from './topK.ts';
import type { Candidates } from './topK.ts';

const random = seededRandom(21);

function normalVector(length: number): Float32Array {
  return new Float32Array(length).map(() => gaussian(random));
}

/** Rows whose lengths spread over six orders of magnitude. */
function heavyTailed(numItems: number, dim: number): Float32Array {
  const vectors = normalVector(numItems * dim);
  for (let item = 0; item < numItems; item++) {
    const length = Math.exp(2 * gaussian(random));
    for (let d = 0; d < dim; d++) vectors[item * dim + d] *= length;
  }
  return vectors;
}

/** Vectors as training leaves them: popular items long, rare ones short. */
function trained(): { vectors: Float32Array; dim: number } {
  const histories = Array.from({ length: 200 }, () =>
    Array.from({ length: 30 }, () => Math.floor(300 * random() ** 3)),
  );
  const options = { dim: 20, window: 5, negatives: 5, epochs: 5, learningRate: 0.05 };
  const { outVectors, dim } = fitItem2Vec(interactionsOf(histories, 300), options, { seed: 1 });
  return { vectors: outVectors, dim };
}

/** Comparing bytes is much quicker than element by element. */
function bytesOf({ items, scores }: Candidates): string {
  return createHash('sha256').update(items).update(scores).digest('hex');
}

describe.each([false, true])('exactIndex, quantised: %p', (quantised) => {
  builtKernel('topK');

  function expectExact(vectors: Float32Array, dim: number, queries: readonly Float32Array[]): void {
    const index = exactIndex(vectors, dim, { quantised });
    expect(index).toMatchObject({ numItems: vectors.length / dim, dim, quantised });
    for (const query of queries) {
      const all = { items: new Int32Array(0), scores: index.scores(query) };
      expect(bytesOf(all)).toBe(bytesOf({ ...all, scores: innerProducts(query, vectors, dim) }));
      for (const k of [1, 10, 100, index.numItems + 1]) {
        const eligible = Uint8Array.from({ length: index.numItems }, () => randomInt(random, 4));
        expect(bytesOf(index.topK(query, k))).toBe(bytesOf(topK(query, vectors, dim, k)));
        expect(bytesOf(index.topK(query, k, eligible))).toBe(bytesOf(topK(query, vectors, dim, k, eligible)));
      }
    }
  }

  it.each([1, 2, 7, 8, 31, 64, 100])('equals the reference on norms of every size, dim %d', (dim) => {
    const queries = [1, 1e-3, 1e4].map((scale) => normalVector(dim).map((value) => value * scale));
    expectExact(heavyTailed(501, dim), dim, queries);
  });

  it('equals the reference on trained vectors', () => {
    const { vectors, dim } = trained();
    const norms = Array.from({ length: 300 }, (_, item) =>
      Math.hypot(...vectors.subarray(item * dim, (item + 1) * dim)),
    ).sort((a, b) => a - b);
    expect(norms[299]).toBeGreaterThan(3 * norms[30]);
    const queries = [0, 5, 40, 299].map((item) => vectors.slice(item * dim, (item + 1) * dim));
    expectExact(vectors, dim, [...queries, normalVector(dim)]);
  });

  it('equals the reference over more rows than one call scans', () => {
    expectExact(heavyTailed(20_003, 12), 12, [normalVector(12), normalVector(12)]);
  });

  it('breaks ties by ascending row', () => {
    const few = Float32Array.from({ length: 3 * 400 }, () => randomInt(random, 3) - 1);
    expectExact(few, 3, [Float32Array.of(1, -1, 0), Float32Array.of(1, 1, 1)]);
    const alike = new Float32Array(50 * 16).fill(0.1);
    expect([...exactIndex(alike, 16, { quantised }).topK(alike.slice(0, 16), 3).items]).toEqual([0, 1, 2]);
  });

  it('tells rows apart that differ in their last bit only', () => {
    const base = normalVector(64);
    const vectors = new Float32Array(200 * 64);
    for (let item = 0; item < 200; item++) {
      vectors.set(base, item * 64);
      vectors[item * 64 + randomInt(random, 64)] *= 1 + (item % 5) * 2 ** -23;
    }
    expectExact(vectors, 64, [base, normalVector(64)]);
  });

  it.each([
    ['nothing', 0],
    ['numbers near the smallest', 1e-38],
    ['numbers near the largest', 1e18],
  ])('equals the reference on %s', (_, scale) => {
    const vectors = normalVector(8 * 100).map((value) => value * scale);
    expectExact(vectors, 8, [normalVector(8).map((value) => value * scale), normalVector(8)]);
  });

  it('answers with nothing where there is nothing, or nothing is asked for', () => {
    const { items, scores } = exactIndex(new Float32Array(0), 4, { quantised }).topK(new Float32Array(4), 5);
    expect([items.length, scores.length]).toEqual([0, 0]);
    expect(exactIndex(normalVector(8), 4, { quantised }).topK(normalVector(4), 0).items).toHaveLength(0);
  });

  it('keeps its own copy, and gives answers that later queries leave alone', () => {
    const vectors = Float32Array.of(1, 2, 3, 4);
    const index = exactIndex(vectors, 1, { quantised });
    vectors.fill(0);
    const first = index.topK(Float32Array.of(1), 2);
    index.topK(Float32Array.of(-1), 2);
    expect([...first.items]).toEqual([3, 2]);
    expect([...first.scores]).toEqual([4, 3]);
  });

  it('refuses shapes that disagree', () => {
    expect(() => exactIndex(new Float32Array(5), 2, { quantised })).toThrow(RangeError);
    const index = exactIndex(new Float32Array(6), 2, { quantised });
    expect(() => index.topK(new Float32Array(3), 1)).toThrow(RangeError);
    expect(() => index.topK(new Float32Array(2), 1, new Uint8Array(2))).toThrow(RangeError);
  });
});

describe('exactIndex', () => {
  it('is built once for the vectors of a model', () => {
    const vectors = normalVector(60);
    const index = indexOfModel(vectors, 6);
    expect(indexOfModel(vectors, 6)).toBe(index);
    expect(indexOfModel(vectors, 3)).toMatchObject({ dim: 3, numItems: 20 });
    expect(indexOfModel(normalVector(60), 6)).not.toBe(index);
  });

  it('uses codes from fifty thousand rows on', () => {
    expect(exactIndex(new Float32Array(49_999), 1).quantised).toBe(false);
    expect(exactIndex(new Float32Array(50_000), 1).quantised).toBe(true);
  });
});
