import { describe, expect, it } from '@jest/globals';
import { augmentedQuery, augmentedVectors, innerProductOf } from './index.ts';

const floats = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.byteLength / 4 }, (_, index) => bytes.readFloatLE(4 * index));

describe('inner products as cosines', () => {
  it('gives every item the largest norm, by hand', () => {
    const { dim, maxNorm, row } = augmentedVectors(Float32Array.of(3, 4, 3, 0, 0, 0), 2);
    expect([dim, maxNorm]).toEqual([3, 5]);
    expect([floats(row(0)), floats(row(1)), floats(row(2))]).toEqual([
      [3, 4, 0],
      [3, 0, 4],
      [0, 0, 5],
    ]);
    expect(floats(augmentedQuery(Float32Array.of(1, 2)))).toEqual([1, 2, 0]);
  });

  it('maps a score back: q·v for the cosine that it stands for', () => {
    const query = Float32Array.of(1, 2);
    const cosine = 11 / (5 * Math.sqrt(5));
    expect(innerProductOf((1 + cosine) / 2, 5, query)).toBeCloseTo(11, 6);
    expect(innerProductOf(0.5, 5, query)).toBe(0);
  });

  it('lets items without any direction be', () => {
    expect(floats(augmentedVectors(new Float32Array(2), 2).row(0))).toEqual([0, 0, 1]);
  });
});
