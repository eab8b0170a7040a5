import { describe, expect, it } from '@jest/globals';
import { path, short } from './svg.ts';

describe('short', () => {
  it.each([
    [0, '0'],
    [-0.01, '0'],
    [12, '12'],
    [12.34, '12.3'],
    [-0.46, '-0.5'],
    [-7.96, '-8'],
    [399.99, '400'],
  ])('writes %d as %s', (value, written) => {
    expect(short(value)).toBe(written);
  });
});

describe('path', () => {
  it('separates numbers only where a sign does not', () => {
    expect(path('M', 1, 2.25, 'h', -3, -4, 5, 'z')).toBe('M1 2.3h-3-4 5z');
  });
});
