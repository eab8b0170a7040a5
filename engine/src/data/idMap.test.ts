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

  it('finds every one of many ids, close together and far apart, and none that is not there', () => {
    const ids = [
      ...Array.from({ length: 5000 }, (_, n) => n),
      ...Array.from({ length: 5000 }, (_, n) => 7919 * (n + 1)),
    ];
    const map = IdMap.from(ids);
    expect(Array.from(map.ids, (id) => map.indexOf(id))).toEqual([...map.ids.keys()]);
    const there = new Set(ids);
    for (let id = 0; id < 40_000; id++) if (!there.has(id)) expect(map.indexOf(id)).toBe(-1);
    for (const none of [NaN, -1, 0.5, 2 ** 31, 2 ** 32, 2 ** 32 + 7919]) expect(map.indexOf(none)).toBe(-1);
    expect(IdMap.from([]).indexOf(0)).toBe(-1);
  });

  it('puts appended ids behind the others, in the order given', () => {
    const map = IdMap.from([5, 9]).withAppended([7, 2]);
    expect([...map.ids]).toEqual([5, 9, 7, 2]);
    expect([5, 9, 7, 2].map((id) => map.indexOf(id))).toEqual([0, 1, 2, 3]);
    expect(() => map.withAppended([9])).toThrow(RangeError);
  });

  it('opens from its tables without a copy', () => {
    const map = IdMap.from([5, 9]).withAppended([7]);
    const opened = IdMap.open(map.tables);
    expect(opened.ids).toBe(map.ids);
    expect([5, 6, 7, 9].map((id) => opened.indexOf(id))).toEqual([0, -1, 2, 1]);
  });

  it('takes ascending ids as they are, and refuses others', () => {
    const ids = Int32Array.of(0, 4, 2 ** 31 - 1);
    expect(IdMap.fromAscending(ids).ids).toBe(ids);
    for (const wrong of [[1, 1], [2, 1], [-1]]) {
      expect(() => IdMap.fromAscending(Int32Array.from(wrong))).toThrow(RangeError);
    }
  });
});
