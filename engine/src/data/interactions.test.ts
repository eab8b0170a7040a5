import { describe, expect, it } from '@jest/globals';
import { countItems, groupByUser } from './interactions.ts';
import type { InteractionRows } from './interactions.ts';

const rows: InteractionRows = {
  userIndices: Int32Array.of(2, 0, 2, 0, 2, 2, 0),
  itemIndices: Int32Array.of(3, 1, 0, 2, 1, 2, 0),
  ratings: Float32Array.of(4, 3, 2, 5, 0.5, 1, 3.5),
  timestamps: Float64Array.of(20, 7, NaN, 7, 10, NaN, 5),
};

describe('groupByUser', () => {
  it('sorts each history by time, ties in file order, unknown times first', () => {
    const grouped = groupByUser(rows, 3, 4);
    expect([...grouped.userOffsets]).toEqual([0, 3, 3, 7]);
    expect([...grouped.itemIndices]).toEqual([0, 1, 2, 0, 2, 1, 3]);
    expect([...grouped.ratings]).toEqual([3.5, 3, 5, 2, 1, 0.5, 4]);
    expect([...grouped.timestamps]).toEqual([5, 7, 7, NaN, NaN, 10, 20]);
  });

  it('counts items', () => {
    expect([...countItems(groupByUser(rows, 3, 4))]).toEqual([2, 2, 2, 1]);
  });

  it('refuses rows outside the stated shape', () => {
    expect(() => groupByUser(rows, 3, 3)).toThrow('interaction row 0: user 2, item 3 outside 3 × 3');
    expect(() => groupByUser({ ...rows, ratings: new Float32Array(1) }, 3, 4)).toThrow('same length');
  });

  it('accepts no rows at all', () => {
    const none: InteractionRows = {
      userIndices: new Int32Array(0),
      itemIndices: new Int32Array(0),
      ratings: new Float32Array(0),
      timestamps: new Float64Array(0),
    };
    expect([...groupByUser(none, 2, 2).userOffsets]).toEqual([0, 0, 0]);
  });
});
