import { describe, expect, it } from '@jest/globals';
import { IdMap } from './idMap.ts';

describe('IdMap', () => {
  it('numbers distinct ids in ascending order and back', () => {
    const map = IdMap.from([2571, 1, 2 ** 31 - 1, 858, 1]);
    expect([...map.ids]).toEqual([1, 858, 2571, 2 ** 31 - 1]);
    expect(map.size).toBe(4);
    expect(map.indexOf(858)).toBe(1);
    expect(map.externalId(3)).toBe(2 ** 31 - 1);
  });

  it('answers −1 for an absent id and refuses a row out of range', () => {
    const map = IdMap.from([5]);
    expect(map.indexOf(6)).toBe(-1);
    expect(() => map.externalId(1)).toThrow(RangeError);
    expect(() => map.externalId(-1)).toThrow(RangeError);
  });

  it.each([1.5, -1, 2 ** 31, NaN])('refuses the id %p', (id) => {
    expect(() => IdMap.from([id])).toThrow(RangeError);
  });
});
