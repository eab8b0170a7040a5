import { describe, expect, it } from '@jest/globals';
import { hashPlainData } from './hashPlainData.ts';

describe('hashPlainData', () => {
  it('does not depend on the order of keys, nor on undefined properties', () => {
    const one = hashPlainData({ a: 1, b: { c: [1, 2], d: null } });
    expect(hashPlainData({ b: { d: null, c: [1, 2], e: undefined }, a: 1 })).toBe(one);
    expect(one).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reads a view, not the buffer behind it', () => {
    const buffer = Float32Array.of(9, 1, 2, 9);
    expect(hashPlainData(buffer.subarray(1, 3))).toBe(hashPlainData(Float32Array.of(1, 2)));
  });

  it('tells all of these apart', () => {
    const values = [
      null,
      undefined,
      false,
      0,
      -0,
      NaN,
      '',
      '0',
      [],
      {},
      [0],
      [[0]],
      [[], 0],
      { 0: 0 },
      ['a', 'b'],
      ['ab'],
      { a: 'b' },
      { a: null },
      Float32Array.of(0),
      Int32Array.of(0),
      new Float32Array(2),
      Float64Array.of(0),
      new Float32Array(0),
    ];
    expect(new Set(values.map(hashPlainData)).size).toBe(values.length);
  });

  it('refuses what is no plain data', () => {
    expect(() => hashPlainData({ onEpoch: () => undefined })).toThrow('a function is no plain data');
  });
});
