import { isDislike } from '../../data/history.ts';
import { countItems } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';

/** Ratings at the share of all items together that each item is credited with. */
const DAMPING = 10;

/**
 * The odds of a dislike among an item's ratings, damped towards those of all ratings and divided by them, [numItems]: 2 is
 * disliked twice as often for each like as all items together.
 */
export function fitDislikes(interactions: Interactions): Float32Array {
  return dislikeOdds(countItems(interactions), countDislikes(interactions));
}

/** Counts the dislikes of each item, [numItems]. */
export function countDislikes({ numItems, itemIndices, ratings }: Interactions): Int32Array {
  const dislikes = new Int32Array(numItems);
  for (let row = 0; row < itemIndices.length; row++)
    if (isDislike(ratings[row])) dislikes[itemIndices[row]]++;
  return dislikes;
}

/** The same from the ratings and the dislikes of each item, [numItems]. */
export function dislikeOdds(counts: Int32Array, dislikes: Int32Array): Float32Array {
  // One like and one dislike more: neither share is 0.
  const share = (total(dislikes) + 1) / (total(counts) + 2);
  const odds = share / (1 - share);
  return Float32Array.from(
    dislikes,
    (count, item) => (count + DAMPING * share) / (counts[item] - count + DAMPING * (1 - share)) / odds,
  );
}

function total(counts: Int32Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
