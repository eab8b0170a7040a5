import { describe, expect, it } from '@jest/globals';
import type { InteractionRows } from '@pocketrocket/engine';
import { inferShape, protocolName, shapeInTime, shapeOf, splitRows } from './protocols.ts';

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

  it.each<[string, [number, number][], string]>([
    [
      'each of the last time or later',
      [
        [0, 30],
        [1, 20],
      ],
      'last-out',
    ],
    [
      'some earlier',
      [
        [0, 30],
        [1, 15],
      ],
      'one-out',
    ],
    [
      'of which those that have a time are earlier',
      [
        [0, 5],
        [1, NaN],
      ],
      'one-out',
    ],
  ])('takes one row a user, %s, as it was drawn', (_, pairs, kind) => {
    expect(inferShape(train, rowsOf(...pairs))).toEqual({ kind });
  });

  it('takes the latest rows of each user as held out in time, up to ties and a user in twenty', () => {
    const ordered = (user: number): [number, number][] => [
      [user, 100 * user + 8],
      [user, 100 * user + 9],
    ];
    const users = Array.from({ length: 40 }, (_, user) => user);
    const early = rowsOf(
      ...users.flatMap((user) =>
        [0, 1, 2, 3, 4, 8].map((time): [number, number] => [user, 100 * user + time]),
      ),
    );
    const late = users.flatMap(ordered);
    const withEarlier = (count: number): InteractionRows =>
      rowsOf(...late, ...users.slice(1, 1 + count).map((user): [number, number] => [user, 100 * user + 5]));
    const shapeWith = (count: number): string => inferShape(early, withEarlier(count)).kind;
    expect(inferShape(early, withEarlier(0))).toEqual({ kind: 'user-ordered', trainShare: 0.75 });
    expect(shapeWith(2)).toBe('user-ordered');
    expect(shapeWith(3)).toBe('user-stratified');
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
    expect([...splitRows(rows, { kind: 'user-ordered', trainShare: 0.75 }, 42).holdout]).toEqual([
      16, 17, 18, 19,
    ]);
    const oneOut = splitRows(rows, { kind: 'one-out' }, 42).holdout;
    expect(Array.from(oneOut, (row) => row % 2).sort()).toEqual([0, 1]);
  });
});

it('shapeInTime asks of each user the last row where a holdout is random and most rows have a time', () => {
  const timed = { numRatings: 9, numUntimed: 4 };
  expect(shapeInTime(shapeOf('user-75-25'), timed)).toEqual({ kind: 'last-out' });
  expect(shapeInTime(shapeOf('time'), timed)).toEqual(shapeOf('time'));
  expect(shapeInTime(shapeOf('user-75-25'), { numRatings: 9, numUntimed: 5 })).toEqual(shapeOf('user-75-25'));
});

it('protocolName names the holdout', () => {
  expect(protocolName({ kind: 'last-out' }, true)).toBe('last-out-sampled');
  expect(protocolName({ kind: 'last-out' }, false)).toBe('last-out');
  expect(protocolName({ kind: 'user-stratified', trainShare: 0.8 }, false)).toBe('user-80-20');
  expect(protocolName({ kind: 'user-ordered', trainShare: 0.75 }, false)).toBe('user-75-25-ordered');
  expect(protocolName({ kind: 'one-out' }, true)).toBe('one-out-sampled');
  expect(protocolName({ kind: 'time', holdoutShare: 0.2 }, false)).toBe('time');
});
