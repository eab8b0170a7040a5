import { countItems } from '../data/interactions.ts';
import type { Interactions } from '../data/interactions.ts';
import { historyOf } from './evaluate.ts';
import type { EvaluationOutcome } from './evaluate.ts';

/** Share of the catalogue that is in at least one list. */
export function catalogueCoverage(outcomes: readonly EvaluationOutcome[], numItems: number): number {
  const recommended = new Set<number>();
  for (const { topItems } of outcomes) for (const itemIndex of topItems) recommended.add(itemIndex);
  return numItems === 0 ? 0 : recommended.size / numItems;
}

/**
 * Mean self-information of what is recommended, −log2(share of users who know the item), in bits (Zhou et al. 2010).
 *
 * An item without interactions counts as if it had one. The mean is over users; 0 where nothing is recommended.
 */
export function novelty(outcomes: readonly EvaluationOutcome[], train: Interactions): number {
  const counts = countItems(train);
  return meanOverLists(outcomes, (topItems) =>
    meanOf(topItems, (itemIndex) => -Math.log2(Math.max(1, counts[itemIndex]) / train.numUsers)),
  );
}

/**
 * Mean distance, 1 − cosine, between the pairs of a list, averaged over lists of two and more (Smyth & McClave 2001).
 *
 * @param vectors [numItems × dim] row-major, in which items are compared; an all-zero vector is at distance 1 from all.
 */
export function intraListDiversity(
  outcomes: readonly EvaluationOutcome[],
  vectors: Float32Array,
  dim: number,
): number {
  return meanOverLists(
    outcomes.filter(({ topItems }) => topItems.length > 1),
    (topItems) => {
      let sum = 0;
      for (let i = 1; i < topItems.length; i++) {
        for (let j = 0; j < i; j++) sum += 1 - cosine(vectors, dim, topItems[i], topItems[j]);
      }
      return sum / ((topItems.length * (topItems.length - 1)) / 2);
    },
  );
}

/**
 * The popularity lift of recommendations over the users' own histories: mean interactions of the recommended items,
 * divided by that of the items in the histories, minus 1 (Abdollahpouri et al. 2020). 0 is unbiased.
 */
export function popularityBias(outcomes: readonly EvaluationOutcome[], train: Interactions): number {
  const counts = countItems(train);
  const known = outcomes.filter(({ userIndex }) => historyOf(train, userIndex).length > 0);
  const popularity = (items: Int32Array): number => meanOf(items, (itemIndex) => counts[itemIndex]);
  const recommended = meanOverLists(known, popularity);
  const watched = meanOverLists(known, (_, { userIndex }) => popularity(historyOf(train, userIndex)));
  return watched === 0 ? 0 : recommended / watched - 1;
}

function meanOverLists(
  outcomes: readonly EvaluationOutcome[],
  value: (topItems: Int32Array, outcome: EvaluationOutcome) => number,
): number {
  const sum = outcomes.reduce((total, outcome) => total + value(outcome.topItems, outcome), 0);
  return outcomes.length === 0 ? 0 : sum / outcomes.length;
}

function meanOf(items: Int32Array, value: (itemIndex: number) => number): number {
  return items.length === 0 ? 0 : items.reduce((sum, itemIndex) => sum + value(itemIndex), 0) / items.length;
}

function cosine(vectors: Float32Array, dim: number, a: number, b: number): number {
  let dot = 0;
  let squaredA = 0;
  let squaredB = 0;
  for (let d = 0; d < dim; d++) {
    const x = vectors[a * dim + d];
    const y = vectors[b * dim + d];
    dot += x * y;
    squaredA += x * x;
    squaredB += y * y;
  }
  return dot === 0 ? 0 : dot / Math.sqrt(squaredA * squaredB);
}
