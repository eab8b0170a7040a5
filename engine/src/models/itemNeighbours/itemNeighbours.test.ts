import { describe, expect, it } from '@jest/globals';
import { groupByUser } from '../../data/interactions.ts';
import { fitItemNeighbours } from './index.ts';

/** Users 0 and 1 meet items 0, 1, 2; user 2 meets 2, 3; user 3 meets 4 alone. */
const pairs = [
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [1, 2],
  [2, 2],
  [2, 3],
  [3, 4],
];
const interactions = groupByUser(
  {
    userIndices: Int32Array.from(pairs, ([user]) => user),
    itemIndices: Int32Array.from(pairs, ([, item]) => item),
    ratings: new Float32Array(pairs.length).fill(4),
    timestamps: Float64Array.from(pairs.keys()),
  },
  4,
  6,
);

describe('fitItemNeighbours', () => {
  const { items, lifts } = fitItemNeighbours(interactions, 3);

  it('counts who meets both, damped by how many meet the other', () => {
    expect([...items.subarray(0, 3)]).toEqual([1, 2, -1]);
    expect(lifts[0]).toBeCloseTo(2 / 22);
    expect(lifts[1]).toBeCloseTo(2 / 23);
    expect([...items.subarray(6, 9)]).toEqual([0, 1, 3]);
    expect(lifts[8]).toBeCloseTo(1 / 21);
  });

  it('leaves what is met alone, or never, without neighbours', () => {
    expect([...items.subarray(12)]).toEqual([-1, -1, -1, -1, -1, -1]);
    expect([...lifts.subarray(12)]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
