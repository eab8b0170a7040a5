import { randomInt } from '../random/random.ts';
import type { Random } from '../random/random.ts';

/**
 * Draws distinct items that a user has not seen, uniformly and without replacement: fewer than asked for where the
 * catalogue holds fewer. The work grows with what was seen and what is drawn, not with the catalogue.
 *
 * @param seen items that must not be drawn (the user's history and what was held out), in any order.
 */
export function sampleNegatives(
  numItems: number,
  seen: Iterable<number>,
  count: number,
  random: Random,
): Int32Array {
  const ascending = Int32Array.from(new Set(seen)).sort();
  const numUnseen = numItems - ascending.length;
  const drawn = new Int32Array(Math.min(count, numUnseen));
  // The first steps of a Fisher–Yates shuffle of the unseen items: each prefix is a uniform sample. Of the list only the
  // places that another item was moved to are stored.
  const moved = new Map<number, number>();
  for (let i = 0; i < drawn.length; i++) {
    const j = i + randomInt(random, numUnseen - i);
    drawn[i] = moved.get(j) ?? unseenItem(ascending, j);
    moved.set(j, moved.get(i) ?? unseenItem(ascending, i));
  }
  return drawn;
}

/**
 * The item at a place among those not seen.
 * @param seen ascending, distinct
 */
function unseenItem(seen: Int32Array, place: number): number {
  // Before seen[s] there are seen[s] − s unseen items.
  let low = 0;
  let high = seen.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (seen[middle] - middle <= place) low = middle + 1;
    else high = middle;
  }
  return place + low;
}
