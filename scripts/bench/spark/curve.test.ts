import { expect, it } from '@jest/globals';
import { extrapolate, growthOf } from './curve.ts';

it('leaves out what does not grow', () => {
  const points = [1, 10, 100].map((millions) => [millions * 1e6, 30 + 2 * millions] as const);
  expect(growthOf(points)).toEqual({ perMillion: 2, againstBefore: 1 });
  expect(extrapolate(points, 1e9)).toBe(2030);
});

it('says how much steeper the last stretch is', () => {
  expect(
    growthOf([
      [3e6, 24],
      [1e6, 10],
      [2e6, 14],
    ]),
  ).toEqual({ perMillion: 10, againstBefore: 2.5 });
});

it('knows no growth of one size', () => {
  expect(growthOf([[1e6, 10]])).toBeNull();
  expect(extrapolate([], 1e9)).toBeNull();
});
