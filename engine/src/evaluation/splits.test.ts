import { describe, expect, it } from '@jest/globals';
import type { InteractionRows } from '../data/interactions.ts';
import {
  roundHalfEven,
  splitByTime,
  splitLastOut,
  splitOneOut,
  splitUserOrdered,
  splitUserStratified,
  takeRows,
} from './splits.ts';

function rowsOf(users: number[], times: number[] = users.map(() => NaN)): InteractionRows {
  return {
    userIndices: Int32Array.from(users),
    itemIndices: Int32Array.from(users, (_, row) => row),
    ratings: Float32Array.from(users, () => 4),
    timestamps: Float64Array.from(times),
  };
}

describe('splitLastOut', () => {
  it('holds out the latest row, of equal times the later in the file', () => {
    const split = splitLastOut(rowsOf([0, 1, 0, 1, 0], [9, 3, 2, 3, 9]));
    expect([...split.holdout]).toEqual([3, 4]);
    expect([...split.train]).toEqual([0, 1, 2]);
  });

  it('takes an unknown time as earlier than any known one, and file order among unknown ones', () => {
    const split = splitLastOut(rowsOf([0, 0, 1, 1], [5, NaN, NaN, NaN]));
    expect([...split.holdout]).toEqual([0, 3]);
  });

  it('keeps a lone row for training', () => {
    expect([...splitLastOut(rowsOf([4, 2], [1, 2])).holdout]).toEqual([]);
  });
});

describe('splitUserStratified', () => {
  it("holds out the rows that CPython's Mersenne Twister, seeded as numpy does, chooses", () => {
    // Counts 7, 10, 2, 1, 6: training keeps 5 (5.25), 8 (7.5), 2 (1.5), 1 (0.75), 4 (4.5).
    const users = [0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 2, 2, 3, 0, 1, 1, 1, 1, 4, 4, 4, 4, 4, 4];
    const split = splitUserStratified(rowsOf(users), 42);
    expect([...split.holdout]).toEqual([1, 2, 7, 11, 20, 25]);
    expect(split.train.length).toBe(20);
  });

  it('keeps the share it is told and changes with the seed', () => {
    const rows = rowsOf(new Array<number>(40).fill(0));
    expect(splitUserStratified(rows, 1, 0.5).train.length).toBe(20);
    expect([...splitUserStratified(rows, 1).holdout]).not.toEqual([...splitUserStratified(rows, 2).holdout]);
  });
});

describe('splitUserOrdered', () => {
  it('holds out the latest share of each user, of equal times the later in the file, unknown times first', () => {
    // Counts 4, 2, 1: training keeps 3, 2 (1.5), 1 (0.75).
    const split = splitUserOrdered(rowsOf([0, 1, 0, 0, 1, 0, 2], [7, 2, 7, 1, 1, NaN, 5]), 0.75);
    expect([...split.holdout]).toEqual([2]);
    const half = splitUserOrdered(rowsOf([0, 1, 0, 0, 1, 0, 2], [7, 2, 7, 1, 1, NaN, 5]), 0.5);
    expect([...half.holdout]).toEqual([0, 1, 2, 6]);
  });
});

describe('splitOneOut', () => {
  it('holds out one row of each user who has two, any of them, by the seed', () => {
    const rows = rowsOf([0, 0, 0, 0, 1, 0, 2, 2]);
    const drawn = Array.from({ length: 200 }, (_, seed) => [...splitOneOut(rows, seed).holdout]);
    expect(drawn.every(([first, second, ...more]) => first < 6 && second >= 6 && more.length === 0)).toBe(
      true,
    );
    expect(drawn[3]).toEqual([...splitOneOut(rows, 3).holdout]);
    const times = [0, 1, 2, 3, 5].map((row) => drawn.filter(([first]) => first === row).length);
    // 40 expected of each, with a deviation of 6.
    for (const count of times) expect(Math.abs(count - 40)).toBeLessThan(25);
  });
});

describe('splitByTime', () => {
  it('holds out the last fifth of the whole log, whoever wrote it, ties in file order', () => {
    const split = splitByTime(rowsOf([0, 1, 2, 0, 1, 2, 0, 1, 2, 0], [5, 9, 1, 2, 9, 3, 4, 9, 6, 7]));
    expect([...split.holdout]).toEqual([4, 7]);
  });

  it('leaves rows of unknown time in training and does not count them', () => {
    const split = splitByTime(rowsOf([0, 0, 0, 0, 0, 0], [NaN, 5, 4, 3, 2, 1]));
    expect([...split.holdout]).toEqual([1]);
    expect([...split.train]).toEqual([0, 2, 3, 4, 5]);
  });
});

it('roundHalfEven rounds halves to the even neighbour', () => {
  expect([0.5, 1.5, 2.5, 3.5, 2.25, 2.75, 4].map(roundHalfEven)).toEqual([0, 2, 2, 4, 2, 3, 4]);
});

it('takeRows keeps the four columns together', () => {
  const taken = takeRows(rowsOf([3, 1, 2], [30, 10, 20]), Int32Array.of(2, 0));
  expect([...taken.userIndices]).toEqual([2, 3]);
  expect([...taken.itemIndices]).toEqual([2, 0]);
  expect([...taken.timestamps]).toEqual([20, 30]);
  expect([...taken.ratings]).toEqual([4, 4]);
});
