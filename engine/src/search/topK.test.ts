import { describe, expect, it } from '@jest/globals';
import { randomInt, seededRandom } from '../random/random.ts';
import { topK } from './topK.ts';

/** Sorts everything: the obvious way to the same answer. */
function bruteForce(query: Float32Array, vectors: Float32Array, k: number, eligible?: Uint8Array): number[] {
  const dim = query.length;
  const score = (item: number): number =>
    Math.fround(query.reduce((sum, value, d) => sum + value * vectors[item * dim + d], 0));
  return Array.from({ length: vectors.length / dim }, (_, item) => item)
    .filter((item) => eligible?.[item] !== 0)
    .sort((a, b) => score(b) - score(a) || a - b)
    .slice(0, k);
}

describe('topK', () => {
  it('agrees with sorting everything, with many ties and a mask', () => {
    const random = seededRandom(1);
    for (let round = 0; round < 50; round++) {
      const numItems = 1 + randomInt(random, 60);
      const dim = 1 + randomInt(random, 3);
      // Few distinct values, so that scores tie.
      const draw = (): number => randomInt(random, 3) - 1;
      const query = Float32Array.from({ length: dim }, draw);
      const vectors = Float32Array.from({ length: numItems * dim }, draw);
      const eligible = Uint8Array.from({ length: numItems }, () => randomInt(random, 2));
      const k = 1 + randomInt(random, 20);
      expect([...topK(query, vectors, dim, k).items]).toEqual(bruteForce(query, vectors, k));
      expect([...topK(query, vectors, dim, k, eligible).items]).toEqual(
        bruteForce(query, vectors, k, eligible),
      );
    }
  });

  it('returns scores beside the items', () => {
    const { items, scores } = topK(Float32Array.of(1, 2), Float32Array.of(1, 0, 0, 1, 1, 1), 2, 2);
    expect([...items]).toEqual([2, 1]);
    expect([...scores]).toEqual([3, 2]);
  });

  it('returns all there are where fewer than k are eligible', () => {
    const eligible = Uint8Array.of(0, 1, 0);
    expect([...topK(Float32Array.of(1), Float32Array.of(3, 1, 2), 1, 5, eligible).items]).toEqual([1]);
    expect(topK(Float32Array.of(1), Float32Array.of(3, 1, 2), 1, 5, new Uint8Array(3)).items).toHaveLength(0);
    expect(topK(Float32Array.of(1), Float32Array.of(3, 1, 2), 1, 0).items).toHaveLength(0);
  });

  it('refuses shapes that disagree', () => {
    expect(() => topK(Float32Array.of(1), Float32Array.of(1, 2, 3, 4), 2, 1)).toThrow(RangeError);
    expect(() => topK(Float32Array.of(1), Float32Array.of(1, 2), 1, 1, new Uint8Array(3))).toThrow(
      RangeError,
    );
  });
});
