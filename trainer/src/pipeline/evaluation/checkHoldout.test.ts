import { describe, expect, it } from '@jest/globals';
import { checkHoldout, checkTimes } from './checkHoldout.ts';
import { factsOfRows } from '../ratings/ratingFacts.ts';
import { checkLearnable, countsOf } from './learnability.ts';
import { shapeOf, type Protocol } from './protocols.ts';

function said(protocol: Protocol, ...times: number[]): string[] {
  const lines: string[] = [];
  const facts = factsOfRows({
    timestamps: Float64Array.from(times),
    ratings: new Float32Array(times.length),
  });
  checkTimes(facts, shapeOf(protocol), (line) => lines.push(line));
  return lines;
}

describe('a protocol and the times of ratings', () => {
  it('cannot split by times that nobody knows', () => {
    expect(() => said('time', NaN, NaN)).toThrow(
      expect.objectContaining({
        code: 'BAD_DATA',
        message: expect.stringMatching(/no rating has a time.*--protocol user-75-25/),
      }),
    );
  });

  it.each<[Protocol, number[], RegExp | null]>([
    ['last-out', [NaN, NaN], /no rating has a time.*last/],
    ['last-out-sampled', [1, NaN, 3], /1 of 3 ratings have no time.*last/],
    ['time', [1, NaN, 3], /1 of 3 .*stay in the training set/],
    ['time', [1, 2], null],
    ['last-out', [1, 2], null],
    ['user-75-25', [NaN, NaN], null],
  ])('%s with %j warns: %s', (protocol, times, message) => {
    const lines = said(protocol, ...times);
    if (message) expect(lines).toEqual([expect.stringMatching(message)]);
    else expect(lines).toEqual([]);
  });
});

const rowsOf = (...pairs: [user: number, item: number][]) => ({
  userIndices: Int32Array.from(pairs, ([user]) => user),
  itemIndices: Int32Array.from(pairs, ([, item]) => item),
  ratings: Float32Array.from(pairs, () => 4),
  timestamps: Float64Array.from(pairs, () => 1),
});

it('a holdout that asks nothing is refused, one that asks is not', () => {
  const shape = shapeOf('last-out');
  expect(() => checkHoldout({ holdout: rowsOf(), shape })).toThrow(
    /the holdout is empty: no user has two ratings/,
  );
  expect(() => checkHoldout({ holdout: rowsOf([0, 1]), shape })).not.toThrow();
});

it.each<[string, [number, number][], RegExp | null]>([
  ['nothing', [], /no ratings to learn from; import more/],
  [
    'one user',
    [
      [0, 1],
      [0, 2],
      [0, 3],
    ],
    /by one user/,
  ],
  [
    'one rating a user',
    [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
    /no user has rated two movies/,
  ],
  [
    'two movies',
    [
      [0, 1],
      [0, 2],
      [1, 1],
    ],
    /only 2 movies are rated: at least 3/,
  ],
  [
    'everything rated',
    [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 1],
      [1, 2],
      [1, 3],
    ],
    /every user has rated every movie/,
  ],
  [
    'enough',
    [
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 3],
    ],
    null,
  ],
])('data of %s: %s', (_, pairs, message) => {
  const { userIndices, itemIndices } = rowsOf(...pairs);
  const counts = { userCounts: countsOf(userIndices, 4), itemCounts: countsOf(itemIndices, 4) };
  const check = () => checkLearnable(counts, 'import more');
  if (message) expect(check).toThrow(message);
  else expect(check).not.toThrow();
});
