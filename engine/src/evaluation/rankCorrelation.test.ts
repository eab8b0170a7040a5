import { describe, expect, it } from '@jest/globals';
import { rankCorrelation } from './rankCorrelation.ts';

const of = (...scores: number[]) => Float32Array.from(scores);

describe('rankCorrelation', () => {
  it('is that of hand-worked examples', () => {
    // Ranks 0 1 2 3 4 against 1 0 3 2 4: Σd² = 4, and without ties 1 − 6 Σd² / (n (n² − 1)) = 1 − 24 / 120.
    expect(rankCorrelation(of(1, 2, 3, 4, 5), of(20, 10, 40, 30, 50))).toBeCloseTo(0.8, 12);
    // Ranks 0.5 0.5 2 against 0 1 2: covariance 1.5, variances 1.5 and 2, so 1.5 / √3.
    expect(rankCorrelation(of(7, 7, 9), of(1, 2, 3))).toBeCloseTo(Math.sqrt(3) / 2, 12);
  });

  it('is 1 for the same order, whatever the scale, and −1 for the reverse', () => {
    expect(rankCorrelation(of(-3, 0, 0.5, 9), of(1, 2, 3, 4))).toBeCloseTo(1, 12);
    expect(rankCorrelation(of(4, 3, 2, 1), of(1, 2, 3, 4))).toBeCloseTo(-1, 12);
  });

  it('does not exist where nothing is ordered, or something is not a number', () => {
    expect(rankCorrelation(of(1, 1, 1), of(1, 2, 3))).toBeNaN();
    expect(rankCorrelation(of(1, NaN, 3), of(1, 2, 3))).toBeNaN();
    expect(rankCorrelation(of(NaN, NaN), of(1, 2))).toBeNaN();
    expect(rankCorrelation(of(), of())).toBeNaN();
    expect(() => rankCorrelation(of(1), of(1, 2))).toThrow(RangeError);
  });
});
