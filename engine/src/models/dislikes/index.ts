import { isDislike } from '../../data/history.ts';
import { countItems } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';

/** Ratings at the share of all items together that each item is credited with. */
const DAMPING = 10;

/** The share of an item's ratings that are dislikes, [numItems], damped towards the share of all ratings. */
export function fitDislikes(interactions: Interactions): Float32Array {
  const { numItems, itemIndices, ratings } = interactions;
  const dislikes = new Float64Array(numItems);
  let total = 0;
  for (let row = 0; row < itemIndices.length; row++) {
    if (!isDislike(ratings[row])) continue;
    dislikes[itemIndices[row]]++;
    total++;
  }
  const counts = countItems(interactions);
  const share = total / Math.max(1, itemIndices.length);
  return Float32Array.from(dislikes, (count, item) => (count + DAMPING * share) / (counts[item] + DAMPING));
}
