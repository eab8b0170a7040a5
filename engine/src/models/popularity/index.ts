import { countItems } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';

/**
 * Damped popularity, n / (n + k) with n an item's interactions and k their mean over the catalogue.
 *
 * [numItems], in [0, 1), ordered as the counts are; ½ is an item of average popularity. All 0 without interactions.
 */
export function fitPopularity(interactions: Interactions): Float32Array {
  const { numItems, itemIndices } = interactions;
  const damping = itemIndices.length / numItems;
  return Float32Array.from(countItems(interactions), (count) =>
    count === 0 ? 0 : count / (count + damping),
  );
}
