import { isDislike } from '../data/history.ts';
import type { Interactions, InteractionRows } from '../data/interactions.ts';
import type { Random } from '../random/random.ts';
import { ranksOfRelevant } from '../metrics/ranking.ts';
import { sampleNegatives } from './negatives.ts';

/** A test case: one user, whose relevant items should rank first among the candidates. */
export interface EvaluationCase {
  readonly userIndex: number;
  /** Held-out items, distinct. */
  readonly relevant: Int32Array;
  /** [relevant] 0 where the user disliked the item, else 1; left out where all count as liked. */
  readonly liked?: Uint8Array;
  /** Items to rank them against; null for the whole catalogue less what the user has seen. */
  readonly negatives: Int32Array | null;
}

/** One model's answer to a case. */
export interface EvaluationOutcome {
  readonly userIndex: number;
  /** 0-based ranks of the relevant items, ascending. */
  readonly ranks: Int32Array;
  /** The model's first items, best first; ties by lower row. */
  readonly topItems: Int32Array;
}

/** An answer with how it fits what the user liked. */
export interface RatedOutcome extends EvaluationOutcome {
  /** The same ranks where only liked items are relevant. */
  readonly likedRanks: Int32Array;
  /** Held-out items that the user disliked. */
  readonly disliked: Int32Array;
}

/**
 * Writes a score for each candidate into `scores` (same length); higher is better, −Infinity means not retrieved.
 * Candidates may repeat.
 */
export type Scorer = (userIndex: number, candidates: Int32Array, scores: Float32Array) => void;

/** One case a user with held-out rows, ascending by user, against the whole catalogue. */
export function fullCatalogueCases(holdout: InteractionRows): EvaluationCase[] {
  const itemsByUser = new Map<number, Map<number, number>>();
  holdout.userIndices.forEach((userIndex, row) => {
    const items = itemsByUser.get(userIndex) ?? new Map<number, number>();
    itemsByUser.set(userIndex, items.set(holdout.itemIndices[row], holdout.ratings[row]));
  });
  return [...itemsByUser]
    .sort(([a], [b]) => a - b)
    .map(([userIndex, items]) => ({
      userIndex,
      relevant: Int32Array.from(items.keys()),
      liked: Uint8Array.from(items.values(), (rating) => (isDislike(rating) ? 0 : 1)),
      negatives: null,
    }));
}

/** The cases against `count` items a user, drawn from those neither in the history nor held out. */
export function withSampledNegatives(
  cases: readonly EvaluationCase[],
  train: Interactions,
  count: number,
  random: Random,
): EvaluationCase[] {
  return cases.map((question) => {
    const seen = [...historyOf(train, question.userIndex), ...question.relevant];
    return { ...question, negatives: sampleNegatives(train.numItems, seen, count, random) };
  });
}

/**
 * The cases against given items; a negative that is itself relevant is dropped, repeated ones count as often as given.
 *
 * @throws RangeError for a user to whom no negatives are given.
 */
export function withGivenNegatives(
  cases: readonly EvaluationCase[],
  negativesByUser: ReadonlyMap<number, Int32Array>,
): EvaluationCase[] {
  return cases.map((question) => {
    const given = negativesByUser.get(question.userIndex);
    if (given === undefined)
      throw new RangeError(`no negatives are given for user row ${question.userIndex}`);
    return { ...question, negatives: given.filter((itemIndex) => !question.relevant.includes(itemIndex)) };
  });
}

/**
 * Lets a model answer every case.
 *
 * The scorer sees the relevant items first; ties are counted against it, so that the order tells it nothing.
 * @param train the rows the model was fitted on: what a user has seen is no candidate in the whole catalogue.
 */
export function evaluateScorer(
  cases: readonly EvaluationCase[],
  train: Interactions,
  scorer: Scorer,
  numTopItems = 10,
): RatedOutcome[] {
  return cases.map(({ userIndex, relevant, liked, negatives }) => {
    const others = negatives ?? unseenItems(train, userIndex, relevant);
    const candidates = new Int32Array(relevant.length + others.length);
    candidates.set(relevant);
    candidates.set(others, relevant.length);
    const scores = new Float32Array(candidates.length);
    scorer(userIndex, candidates, scores);
    return {
      userIndex,
      ranks: ranksOfRelevant(scores, relevant.length),
      topItems: bestCandidates(candidates, scores, numTopItems),
      likedRanks: ranksOfLiked(scores, relevant.length, liked),
      disliked: relevant.filter((_, place) => liked?.[place] === 0),
    };
  });
}

/** Ranks of the liked items among all candidates; the disliked ones count as irrelevant. */
function ranksOfLiked(scores: Float32Array, numRelevant: number, liked: Uint8Array | undefined): Int32Array {
  const isFirst = (place: number): boolean => place < numRelevant && liked?.[place] !== 0;
  const first = scores.filter((_, place) => isFirst(place));
  const likedFirst = new Float32Array(scores.length);
  likedFirst.set(first);
  likedFirst.set(
    scores.filter((_, place) => !isFirst(place)),
    first.length,
  );
  return ranksOfRelevant(likedFirst, first.length);
}

/** One value a case, [cases]. */
export function metricPerCase(
  outcomes: readonly EvaluationOutcome[],
  metric: (ranks: Int32Array) => number,
): Float64Array {
  return Float64Array.from(outcomes, ({ ranks }) => metric(ranks));
}

/** The items of a user's history, oldest first; a view, not a copy. Empty for a user unknown to the interactions. */
export function historyOf(interactions: Interactions, userIndex: number): Int32Array {
  const { userOffsets, itemIndices } = interactions;
  return itemIndices.subarray(userOffsets[userIndex] ?? 0, userOffsets[userIndex + 1] ?? 0);
}

function unseenItems(train: Interactions, userIndex: number, relevant: Int32Array): Int32Array {
  const isExcluded = new Uint8Array(train.numItems);
  for (const itemIndex of historyOf(train, userIndex)) isExcluded[itemIndex] = 1;
  for (const itemIndex of relevant) isExcluded[itemIndex] = 1;
  const unseen = new Int32Array(train.numItems);
  let count = 0;
  for (let itemIndex = 0; itemIndex < train.numItems; itemIndex++) {
    if (isExcluded[itemIndex] === 0) unseen[count++] = itemIndex;
  }
  return unseen.subarray(0, count);
}

/** The k best candidates of finite score, descending, ties by lower item, kept by insertion: k is small. */
function bestCandidates(candidates: Int32Array, scores: Float32Array, k: number): Int32Array {
  const best: number[] = [];
  const isBetter = (a: number, b: number): boolean =>
    scores[a] > scores[b] || (scores[a] === scores[b] && candidates[a] < candidates[b]);
  for (let candidate = 0; candidate < candidates.length; candidate++) {
    if (scores[candidate] === -Infinity) continue;
    let position = best.length;
    while (position > 0 && isBetter(candidate, best[position - 1])) position--;
    if (position === k) continue;
    best.splice(position, 0, candidate);
    if (best.length > k) best.pop();
  }
  return Int32Array.from(best, (candidate) => candidates[candidate]);
}
