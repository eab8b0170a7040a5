import { describe, expect, it } from '@jest/globals';
import { hitRateAtK, mapAtK, ndcgAtK, precisionAtK, ranksOfRelevant, recallAtK } from './ranking.ts';

const ranksFrom = (relevant: number[], irrelevant: number[]): number[] => [
  ...ranksOfRelevant(Float32Array.from([...relevant, ...irrelevant]), relevant.length),
];

describe('ranksOfRelevant', () => {
  it('counts what scores higher', () => {
    // Descending: 9 (irrelevant), 8, 5 (irrelevant), 4, 3 (irrelevant), 1.
    expect(ranksFrom([4, 8, 1], [3, 9, 5])).toEqual([1, 3, 5]);
  });

  it('puts an irrelevant candidate of the same score first', () => {
    expect(ranksFrom([2], [2, 2, 1])).toEqual([2]);
    expect(ranksFrom([2, 2], [2])).toEqual([1, 2]);
    expect(ranksFrom([-Infinity], [-Infinity, -Infinity])).toEqual([2]);
  });

  it('knows candidates without competition', () => {
    expect(ranksFrom([1, 2], [])).toEqual([0, 1]);
    expect(ranksFrom([], [1])).toEqual([]);
  });

  it('refuses a score that is not a number', () => {
    expect(() => ranksFrom([1], [NaN])).toThrow('score of candidate 1');
  });
});

describe('metrics of one user', () => {
  // Three relevant items at positions 1, 4 and 12 (1-based 2, 5 and 13).
  const ranks = Int32Array.of(1, 4, 12);

  it('hit rate, precision and recall count hits', () => {
    expect(hitRateAtK(ranks, 1)).toBe(0);
    expect(hitRateAtK(ranks, 2)).toBe(1);
    expect(precisionAtK(ranks, 10)).toBe(0.2);
    expect(recallAtK(ranks, 10)).toBeCloseTo(2 / 3, 12);
    expect(recallAtK(ranks, 500)).toBe(1);
  });

  it('average precision divides by all relevant items', () => {
    expect(mapAtK(ranks, 10)).toBeCloseTo((1 / 2 + 2 / 5) / 3, 12);
  });

  it('nDCG compares with the best order of min(k, n) items', () => {
    // (1/log2(3) + 1/log2(6)) / (1 + 1/log2(3) + 1/log2(4))
    expect(ndcgAtK(ranks, 10)).toBeCloseTo((0.6309297536 + 0.3868528072) / (1 + 0.6309297536 + 0.5), 9);
    expect(ndcgAtK(ranks, 2)).toBeCloseTo(0.6309297536 / (1 + 0.6309297536), 9);
    expect(ndcgAtK(Int32Array.of(0, 1, 2), 2)).toBe(1);
  });

  it("nDCG of one relevant item is NCF's ln 2 / ln(rank + 2)", () => {
    expect(ndcgAtK(Int32Array.of(3), 10)).toBeCloseTo(Math.LN2 / Math.log(5), 12);
    expect(ndcgAtK(Int32Array.of(10), 10)).toBe(0);
  });

  it('a user without a relevant item or without a hit counts 0', () => {
    const none = new Int32Array(0);
    const miss = Int32Array.of(10);
    for (const metric of [hitRateAtK, precisionAtK, recallAtK, mapAtK, ndcgAtK]) {
      expect(metric(none, 10)).toBe(0);
      expect(metric(miss, 10)).toBe(0);
    }
  });
});
