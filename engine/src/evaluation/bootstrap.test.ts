import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '../random/random.ts';
import { bootstrapInterval, pairedBootstrapInterval } from './bootstrap.ts';

it('covers about ±1.96 standard errors of a mean', () => {
  const values = Float64Array.from({ length: 400 }, (_, i) => i % 2);
  const { mean, low, high } = bootstrapInterval(values, seededRandom(3));
  // Standard error of 400 fair coins: 0.5 / 20 = 0.025.
  expect(mean).toBe(0.5);
  expect(low).toBeCloseTo(0.5 - 1.96 * 0.025, 1);
  expect(high).toBeCloseTo(0.5 + 1.96 * 0.025, 1);
  expect(high - low).toBeGreaterThan(0.08);
  expect(high - low).toBeLessThan(0.12);
  expect(bootstrapInterval(values, seededRandom(3))).toEqual({ mean, low, high });
});

it('is a point where all values agree', () => {
  expect(bootstrapInterval(Float64Array.of(0.25, 0.25), seededRandom(1))).toEqual({
    mean: 0.25,
    low: 0.25,
    high: 0.25,
  });
});

describe('pairedBootstrapInterval', () => {
  const hard = Float64Array.from({ length: 300 }, (_, user) => (user % 10) / 10);
  // Better by 0.02 for every second user: far less than users differ among themselves.
  const better = hard.map((value, user) => value + (user % 2) * 0.02);

  it('sees a small gain through a large spread between users', () => {
    const { mean, low, high } = pairedBootstrapInterval(better, hard, seededRandom(1));
    expect(mean).toBeCloseTo(0.01, 10);
    expect(low).toBeGreaterThan(0.008);
    expect(high).toBeLessThan(0.012);
    const alone = bootstrapInterval(better, seededRandom(1));
    expect(alone.high - alone.low).toBeGreaterThan(10 * (high - low));
  });

  it('is zero between equals and the mirror image the other way round', () => {
    expect(pairedBootstrapInterval(hard, hard, seededRandom(1))).toEqual({ mean: 0, low: 0, high: 0 });
    expect(pairedBootstrapInterval(hard, better, seededRandom(1)).high).toBeLessThan(0);
  });

  it('refuses lists of different users', () => {
    expect(() => pairedBootstrapInterval(hard, Float64Array.of(1), seededRandom(1))).toThrow(
      'paired bootstrap: 300 values, but 1 to compare them with',
    );
  });
});
