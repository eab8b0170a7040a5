import { expect, it } from '@jest/globals';
import { seededRandom } from '../random.ts';
import { bootstrapInterval } from './bootstrap.ts';

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
