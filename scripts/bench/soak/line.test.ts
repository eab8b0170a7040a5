import { expect, it } from '@jest/globals';
import { lineThrough } from './line.ts';

const at = (count: number, valueAt: (x: number) => number) =>
  Array.from({ length: count }, (_, x) => [x, valueAt(x)] as const);

it('finds the slope of a line, exactly where there is nothing else', () => {
  const line = lineThrough(at(20, (x) => 3 + 2 * x));
  expect(line?.slope).toBeCloseTo(2, 9);
});

it('holds zero in the interval of what only goes up and down, and not in that of what also grows', () => {
  const saw = lineThrough(at(200, (x) => 100 + (x % 10)));
  expect(saw?.low).toBeLessThan(0);
  expect(saw?.high).toBeGreaterThan(0);
  expect(lineThrough(at(200, (x) => 100 + (x % 10) + x))?.low).toBeGreaterThan(0.5);
});

it('trusts points less that follow each other', () => {
  const apart = lineThrough(at(200, (x) => (x % 2 === 0 ? 1 : -1)));
  const alike = lineThrough(at(200, (x) => (x % 40 < 20 ? 1 : -1)));
  const width = (line: typeof apart) => (line ? line.high - line.low : 0);
  expect(width(alike)).toBeGreaterThan(3 * width(apart));
});

it('says nothing of few points', () => {
  expect(lineThrough(at(9, (x) => x))).toBeNull();
});
