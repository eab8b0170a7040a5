import { expect, it } from '@jest/globals';
import { groupByUser } from '../data/interactions.ts';
import { catalogueCoverage, intraListDiversity, novelty, popularityBias } from './beyondAccuracy.ts';
import type { EvaluationOutcome } from './evaluate.ts';

// Item counts 4, 2, 1, 0 among 4 users; user 3 has watched items 0, 1 and 2.
const users = [0, 1, 2, 3, 2, 3, 3];
const train = groupByUser(
  {
    userIndices: Int32Array.from(users),
    itemIndices: Int32Array.of(0, 0, 0, 0, 1, 1, 2),
    ratings: new Float32Array(7).fill(4),
    timestamps: new Float64Array(7),
  },
  4,
  4,
);

function lists(...topItems: [user: number, items: number[]][]): EvaluationOutcome[] {
  return topItems.map(([userIndex, items]) => ({
    userIndex,
    ranks: new Int32Array(0),
    topItems: Int32Array.from(items),
  }));
}

it('catalogue coverage is the share of items anybody is shown', () => {
  expect(catalogueCoverage(lists([0, [1, 2]], [1, [2, 1]], [2, [1]]), 4)).toBe(0.5);
});

it('novelty is mean self-information in bits', () => {
  // −log2(2/4) = 1 and −log2(1/4) = 2; the unseen item counts as seen once.
  expect(novelty(lists([0, [1, 2]], [1, [3]]), train)).toBeCloseTo((1.5 + 2) / 2, 12);
});

it('intra-list diversity is the mean of 1 − cosine over pairs', () => {
  const vectors = Float32Array.of(1, 0, 0, 2, 3, 0, 0, 0);
  // Pairs (0,1), (0,2), (1,2): distances 1, 0, 1; lists of one do not count; a zero vector is at distance 1.
  expect(intraListDiversity(lists([0, [0, 1, 2]], [1, [0]]), vectors, 2)).toBeCloseTo(2 / 3, 12);
  expect(intraListDiversity(lists([0, [0, 3]]), vectors, 2)).toBe(1);
});

it('popularity bias compares with what the users watched', () => {
  // User 3 watched items of counts 4, 2, 1 (mean 7/3) and is shown item 0 of count 4.
  expect(popularityBias(lists([3, [0]]), train)).toBeCloseTo(4 / (7 / 3) - 1, 12);
  expect(popularityBias(lists([0, [0]]), train)).toBe(0);
});
