import { countItems } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import type { PairSource } from '../../sparse/pairSums.ts';
import { RowAccumulator } from '../../sparse/rowAccumulator.ts';

/** For each item the items that the same users meet, closest first. */
export interface ItemNeighbours {
  readonly numNeighbours: number;
  /** [numItems × numNeighbours]; −1 where an item has fewer. */
  readonly items: Int32Array;
  /** [numItems × numNeighbours] lifts in (0, 1); 0 where an item has fewer. */
  readonly lifts: Float32Array;
  /** Those of items behind these, which have rows of a length of their own; left out where there are none. */
  readonly added?: ItemNeighbours;
}

/** Interactions that a lift is damped by: what few have met is near to nothing. */
const DAMPING = 20;
/** Of a longer history only the latest part counts, so that the work stays in proportion to the interactions. */
const MAX_HISTORY = 500;
const NUM_NEIGHBOURS = 200;

/**
 * Counts who meets what together: the damped lift of item j beside item i is c(i, j) / (n(j) + 20), with c the number of users who
 * met both and n that of those who met j. Unlike a cosine of embeddings it does not lean to what everybody has met.
 */
export function fitItemNeighbours(
  interactions: Interactions,
  numNeighbours = NUM_NEIGHBOURS,
): ItemNeighbours {
  return closestNeighbours(metTogether(interactions), countItems(interactions), numNeighbours);
}

/**
 * Pairs of items with the users who met both, of each item with itself too.
 * @param latest so many of a history's latest entries count for the second item; all where it is infinite
 */
export function metTogether(interactions: Interactions, latest = MAX_HISTORY): PairSource {
  const { userOffsets, itemIndices } = interactions;
  const { offsets, users } = usersByItem(interactions);
  return {
    addRow(item, together) {
      for (let at = offsets[item]; at < offsets[item + 1]; at++) {
        const end = userOffsets[users[at] + 1];
        for (let row = Math.max(userOffsets[users[at]], end - latest); row < end; row++) {
          together.add(itemIndices[row], 1);
        }
      }
    },
  };
}

/**
 * The closest of each item.
 * @param counts [numItems] of all interactions
 * @param items the first item and the one behind the last, whose rows alone are wanted; all where left out
 */
export function closestNeighbours(
  pairs: PairSource,
  counts: Int32Array,
  numNeighbours = NUM_NEIGHBOURS,
  [firstItem, lastItem]: readonly [number, number] = [0, counts.length],
): ItemNeighbours {
  const kept = Math.min(numNeighbours, counts.length);
  const items = new Int32Array((lastItem - firstItem) * kept).fill(-1);
  const lifts = new Float32Array(items.length);
  const together = new RowAccumulator(counts.length);
  for (let item = firstItem; item < lastItem; item++) {
    pairs.addRow(item, together);
    const closest = together.takeStrongest(kept, item, (other) => 1 / (counts[other] + DAMPING));
    items.set(closest.items, (item - firstItem) * kept);
    lifts.set(closest.scores, (item - firstItem) * kept);
  }
  return { numNeighbours: kept, items, lifts };
}

/** The users of each item: those of item i stand at offsets[i] … offsets[i + 1]. */
function usersByItem({ numUsers, numItems, userOffsets, itemIndices }: Interactions): {
  offsets: Int32Array;
  users: Int32Array;
} {
  const offsets = new Int32Array(numItems + 1);
  for (const item of itemIndices) offsets[item + 1]++;
  for (let item = 0; item < numItems; item++) offsets[item + 1] += offsets[item];
  const next = offsets.slice();
  const users = new Int32Array(itemIndices.length);
  for (let user = 0; user < numUsers; user++) {
    for (let row = userOffsets[user]; row < userOffsets[user + 1]; row++)
      users[next[itemIndices[row]]++] = user;
  }
  return { offsets, users };
}
