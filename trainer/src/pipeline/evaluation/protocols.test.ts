import { describe, expect, it } from '@jest/globals';
import type { InteractionRows } from '@pocketrocket/engine';
import { inferShape, protocolName, shapeOf, splitRows } from './protocols.ts';

function rowsOf(...pairs: [user: number, time: number][]): InteractionRows {
  return {
    userIndices: Int32Array.from(pairs, ([user]) => user),
    itemIndices: Int32Array.from(pairs, (_, row) => row),
    ratings: Float32Array.from(pairs, () => 4),
    timestamps: Float64Array.from(pairs, ([, time]) => time),
  };
}

describe('inferShape', () => {
  const train = rowsOf([0, 10], [0, 20], [0, 30], [1, 10], [1, 20], [1, NaN]);

  it('takes one row a user as leave-last-out', () => {
    expect(inferShape(train, rowsOf([0, 40], [1, NaN]))).toEqual({ kind: 'last-out' });
  });

  it('takes rows after the end of training as a time split of the same share of the timed rows', () => {
    expect(inferShape(train, rowsOf([0, 30], [0, 50]))).toEqual({ kind: 'time', holdoutShare: 0.29 });
  });

  it.each([
    ['an earlier time', rowsOf([0, 29], [0, 50])],
    ['an unknown time', rowsOf([0, NaN], [0, 50])],
  ])('takes several rows a user with %s as drawn within users', (_, holdout) => {
    expect(inferShape(train, holdout)).toEqual({ kind: 'user-stratified', trainShare: 0.75 });
  });

  it('finds the share that rounds to the numbers of rows of every user', () => {
    const manyOf = (user: number, count: number): [number, number][] =>
      Array.from({ length: count }, () => [user, NaN]);
    // 10 → 8 and 14 → 10 are 18 of 24 rows kept by 75 %, halves rounded to even; 7 and 10 are no common share's.
    const at75 = inferShape(
      rowsOf(...manyOf(0, 8), ...manyOf(1, 10)),
      rowsOf(...manyOf(0, 2), ...manyOf(1, 4)),
    );
    expect(at75).toEqual({ kind: 'user-stratified', trainShare: 0.75 });
    const odd = inferShape(
      rowsOf(...manyOf(0, 3), ...manyOf(1, 10)),
      rowsOf(...manyOf(0, 7), ...manyOf(1, 4)),
    );
    expect(odd).toEqual({ kind: 'user-stratified', trainShare: 0.54 });
  });

  it('takes rows of unknown times as drawn within users', () => {
    const untimed = rowsOf([0, NaN], [0, NaN]);
    expect(inferShape(untimed, untimed)).toEqual({ kind: 'user-stratified', trainShare: 0.5 });
  });
});

describe('splitRows', () => {
  it('splits by every shape', () => {
    const rows = rowsOf(...Array.from({ length: 20 }, (_, row): [number, number] => [row % 2, row]));
    const heldOut = (protocol: Parameters<typeof shapeOf>[0]): number[] => [
      ...splitRows(rows, shapeOf(protocol), 42).holdout,
    ];
    expect(heldOut('last-out')).toEqual([18, 19]);
    expect(heldOut('last-out-sampled')).toEqual([18, 19]);
    expect(heldOut('time')).toEqual([16, 17, 18, 19]);
    expect(heldOut('user-75-25').length).toBe(4);
  });
});

it('protocolName names the holdout', () => {
  expect(protocolName({ kind: 'last-out' }, true)).toBe('last-out-sampled');
  expect(protocolName({ kind: 'last-out' }, false)).toBe('last-out');
  expect(protocolName({ kind: 'user-stratified', trainShare: 0.8 }, false)).toBe('user-80-20');
  expect(protocolName({ kind: 'time', holdoutShare: 0.2 }, false)).toBe('time');
});
