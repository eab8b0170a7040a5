import { expect, it } from '@jest/globals';
import { intraListDiversity, meanCount, novelty } from './beyondAccuracy.ts';

const COUNTS = Int32Array.of(4, 2, 1, 0);

it('novelty is mean self-information in bits', () => {
  // −log2(2/4) = 1 and −log2(1/4) = 2; the unseen item counts as seen once.
  expect(novelty(Int32Array.of(1, 2), COUNTS, 4)).toBeCloseTo(1.5, 12);
  expect(novelty(Int32Array.of(3), COUNTS, 4)).toBeCloseTo(2, 12);
  expect(novelty(Int32Array.of(), COUNTS, 4)).toBe(0);
});

it('intra-list diversity is the mean of 1 − cosine over pairs', () => {
  const vectors = Float32Array.of(1, 0, 0, 2, 3, 0, 0, 0);
  // Pairs (0,1), (0,2), (1,2): distances 1, 0, 1; a zero vector is at distance 1.
  expect(intraListDiversity(Int32Array.of(0, 1, 2), vectors, 2)).toBeCloseTo(2 / 3, 12);
  expect(intraListDiversity(Int32Array.of(0, 3), vectors, 2)).toBe(1);
});

it('mean count is that of the items on a list', () => {
  expect(meanCount(Int32Array.of(0, 1, 2), COUNTS)).toBeCloseTo(7 / 3, 12);
  expect(meanCount(Int32Array.of(), COUNTS)).toBe(0);
});
