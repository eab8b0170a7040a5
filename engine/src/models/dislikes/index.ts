import { isDislike } from '../../data/history.ts';
import { countItems } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';

/** Ratings at the share of all items together that each item is credited with. */
const DAMPING = 10;

/** The share of an item's ratings that are dislikes, [numItems], damped towards the share of all ratings. */
export function fitDislikes(interactions: Interactions): Float32Array {
  return dislikeShares(countItems(interactions), countDislikes(interactions));
}

/** Counts the dislikes of each item, [numItems]. */
export function countDislikes({ numItems, itemIndices, ratings }: Interactions): Int32Array {
  const dislikes = new Int32Array(numItems);
  for (let row = 0; row < itemIndices.length; row++)
    if (isDislike(ratings[row])) dislikes[itemIndices[row]]++;
  return dislikes;
}

/** The same from the ratings and the dislikes of each item, [numItems]. */
export function dislikeShares(counts: Int32Array, dislikes: Int32Array): Float32Array {
  const share = total(dislikes) / Math.max(1, total(counts));
  return Float32Array.from(dislikes, (count, item) => (count + DAMPING * share) / (counts[item] + DAMPING));
}

function total(counts: Int32Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
