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
  const { numItems, itemIndices, ratings } = interactions;
  const dislikes = new Float64Array(numItems);
  let total = 0;
  for (let row = 0; row < itemIndices.length; row++) {
    if (!isDislike(ratings[row])) continue;
    dislikes[itemIndices[row]]++;
    total++;
  }
  const counts = countItems(interactions);
  // One like and one dislike more: neither share is 0.
  const share = (total + 1) / (itemIndices.length + 2);
  const odds = share / (1 - share);
  return Float32Array.from(
    dislikes,
    (count, item) => (count + DAMPING * share) / (counts[item] - count + DAMPING * (1 - share)) / odds,
  );
}
