import { describe, expect, it } from '@jest/globals';
import { numberWithin, oneOf, pathNumber } from './addressState.ts';

describe('what stands in the address', () => {
  it('is one of the known values, else the first', () => {
    expect(oneOf(['A', 'B'], 'B')).toBe('B');
    expect(oneOf(['A', 'B'], 'C')).toBe('A');
    expect(oneOf(['A', 'B'], null)).toBe('A');
  });

  it('is a number within limits, else the fallback', () => {
    expect(numberWithin(0, 1, 0, '0.5')).toBe(0.5);
    expect(numberWithin(0, 1, 0, '7')).toBe(1);
    expect(numberWithin(24, 2000, 24, '-5')).toBe(24);
    for (const text of [null, '', 'many', 'Infinity']) expect(numberWithin(0, 1, 0.25, text)).toBe(0.25);
  });

  it('is an id only where it is a whole number from 0 on that GraphQL’s Int holds', () => {
    expect(pathNumber('318')).toBe(318);
    expect(pathNumber('0')).toBe(0);
    expect(pathNumber('1000000000')).toBe(1_000_000_000);
    expect(pathNumber('2147483648')).toBeNull();
    for (const text of [undefined, '', '00', '-1', '1.5', '1e3', 'abc', '99999999999']) {
      expect(pathNumber(text)).toBeNull();
    }
  });
});
