import { describe, expect, it } from '@jest/globals';
import { groupByUser } from '../data/interactions.ts';
import type { InteractionRows } from '../data/interactions.ts';
import { seededRandom } from '../random/random.ts';
import {
  evaluateScorer,
  fullCatalogueCases,
  historyOf,
  metricPerCase,
  withGivenNegatives,
  withSampledNegatives,
} from './evaluate.ts';
import type { Scorer } from './evaluate.ts';
import { dislikedRateAtK, precisionAtK } from '../metrics/ranking.ts';

function rowsOf(pairs: [user: number, item: number][]): InteractionRows {
  return {
    userIndices: Int32Array.from(pairs, ([user]) => user),
    itemIndices: Int32Array.from(pairs, ([, item]) => item),
    ratings: Float32Array.from(pairs, () => 4),
    timestamps: Float64Array.from(pairs, (_, row) => row),
  };
}

const train = groupByUser(
  rowsOf([
    [0, 0],
    [0, 1],
    [1, 5],
  ]),
  3,
  6,
);
const holdout = rowsOf([
  [1, 2],
  [0, 4],
  [1, 3],
  [1, 2],
]);
/** The higher the row, the better. */
const byRow: Scorer = (_, candidates, scores) => scores.set(candidates);

describe('cases', () => {
  it('are one a user, ascending, duplicates dropped', () => {
    expect(fullCatalogueCases(holdout)).toMatchObject([
      { userIndex: 0, relevant: Int32Array.of(4), negatives: null },
      { userIndex: 1, relevant: Int32Array.of(2, 3), negatives: null },
    ]);
  });

  it('sample negatives from what was neither seen nor held out', () => {
    const cases = withSampledNegatives(fullCatalogueCases(holdout), train, 99, seededRandom(1));
    expect(cases.map(({ negatives }) => [...(negatives ?? [])].sort())).toEqual([
      [2, 3, 5],
      [0, 1, 4],
    ]);
    const two = withSampledNegatives(fullCatalogueCases(holdout), train, 2, seededRandom(1));
    expect(two.map(({ negatives }) => new Set(negatives).size)).toEqual([2, 2]);
  });

  it('drop a given negative that is the positive, and keep repeated ones', () => {
    const given = new Map([
      [0, Int32Array.of(2, 4, 2)],
      [1, Int32Array.of(0)],
    ]);
    const cases = withGivenNegatives(fullCatalogueCases(holdout), given);
    expect(cases.map(({ negatives }) => [...(negatives ?? [])])).toEqual([[2, 2], [0]]);
    given.delete(1);
    expect(() => withGivenNegatives(fullCatalogueCases(holdout), given)).toThrow('user row 1');
  });
});

describe('evaluateScorer', () => {
  it('ranks the whole catalogue less what the user has seen', () => {
    const outcomes = evaluateScorer(fullCatalogueCases(holdout), train, byRow, 2);
    // User 0 has seen 0 and 1: 5, 4, 3, 2. User 1 has seen 5: 4, 3, 2, 1, 0.
    expect(outcomes).toMatchObject([
      { userIndex: 0, ranks: Int32Array.of(1), topItems: Int32Array.of(5, 4) },
      { userIndex: 1, ranks: Int32Array.of(1, 2), topItems: Int32Array.of(4, 3) },
    ]);
    expect([...metricPerCase(outcomes, (ranks) => precisionAtK(ranks, 2))]).toEqual([0.5, 0.5]);
  });

  it('counts ties against the model, lists them by row, and leaves out what was not retrieved', () => {
    const allEqual: Scorer = (_, candidates, scores) => scores.fill(1);
    const [outcome] = evaluateScorer(fullCatalogueCases(holdout), train, allEqual, 3);
    expect([...outcome.ranks]).toEqual([3]);
    expect([...outcome.topItems]).toEqual([2, 3, 4]);
    const onlyFive: Scorer = (_, candidates, scores) =>
      candidates.forEach((item, i) => (scores[i] = item === 5 ? 1 : -Infinity));
    const [narrow] = evaluateScorer(fullCatalogueCases(holdout), train, onlyFive, 3);
    expect([...narrow.topItems]).toEqual([5]);
    expect([...narrow.ranks]).toEqual([3]);
  });

  it('tells liked from disliked among what was held out, and whether the first items hold a dislike', () => {
    const cases = [
      {
        userIndex: 0,
        relevant: Int32Array.of(5, 3, 4),
        liked: Uint8Array.of(0, 1, 1),
        negatives: Int32Array.of(2),
      },
    ];
    const [{ ranks, likedRanks, topItems, disliked }] = evaluateScorer(cases, train, byRow, 2);
    expect([[...ranks], [...likedRanks], [...disliked]]).toEqual([[0, 1, 2], [1, 2], [5]]);
    expect(dislikedRateAtK(topItems, disliked, 2)).toBe(1);
    expect(dislikedRateAtK(Int32Array.of(4, 3, 5), disliked, 2)).toBe(0);
  });

  it('takes a held-out rating below three stars as a dislike', () => {
    const rated = { ...holdout, ratings: holdout.ratings.map((_, row) => (row === 2 ? 2.5 : 3)) };
    expect(fullCatalogueCases(rated).flatMap(({ liked }) => [...(liked ?? [])])).toEqual([1, 1, 0]);
  });

  it('counts a repeated negative as often as it was given', () => {
    const cases = [{ userIndex: 0, relevant: Int32Array.of(3), negatives: Int32Array.of(5, 5, 2) }];
    expect([...evaluateScorer(cases, train, byRow)[0].ranks]).toEqual([2]);
  });
});

it('historyOf is empty for a user the interactions do not know', () => {
  expect([...historyOf(train, 0)]).toEqual([0, 1]);
  expect([...historyOf(train, 2)]).toEqual([]);
  expect([...historyOf(train, 7)]).toEqual([]);
});
