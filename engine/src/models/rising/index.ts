import type { ItemFacts } from '../../data/itemFacts.ts';
import type { Interactions } from '../../data/interactions.ts';

const { log, max } = Math;

export interface RisingCounts {
  readonly early: Int32Array;
  readonly late: Int32Array;
}

/** Interactions that every item is credited with in either half: one rating more makes no hit. */
const RISING_DAMPING = 5;

/**
 * Recently released and watched more and more: max(0, ln((late + 5) / (early + 5))), [numItems].
 *
 * Recently released are the items of the last two years of the data: the year (UTC) of the latest interaction and the
 * one before. `early` and `late` count an item's interactions in the two halves of all interactions of these years,
 * parted at their median time. 0 for every other item.
 * @returns null where times or release years are unknown, or where no item rises
 */
export function fitRising(interactions: Interactions, { releaseYears }: ItemFacts): Float32Array | null {
  if (!releaseYears) return null;
  const { timestamps } = interactions;
  let latest = -Infinity;
  for (const time of timestamps) if (time > latest) latest = time;
  const { lastYear, start } = risingYears(latest);
  const times = timestamps.filter((time) => time >= start).sort();
  if (times.length === 0) return null;
  const median = times[(times.length - 1) >>> 1];
  return risingScores(countRising(interactions, start, median), releaseYears, lastYear);
}

/** The last year of the data, and when the two years begin in which items rise, in Unix seconds. */
export function risingYears(latest: number): { lastYear: number; start: number } {
  const lastYear = new Date(1000 * latest).getUTCFullYear();
  return { lastYear, start: Date.UTC(lastYear - 1) / 1000 };
}

/** Counts the interactions of each item from `start` to the median time, and after it, both [numItems]. */
export function countRising(
  { numItems, itemIndices, timestamps }: Interactions,
  start: number,
  median: number,
): RisingCounts {
  const early = new Int32Array(numItems);
  const late = new Int32Array(numItems);
  for (let row = 0; row < itemIndices.length; row++) {
    const time = timestamps[row];
    if (time > median) late[itemIndices[row]]++;
    else if (time >= start) early[itemIndices[row]]++;
  }
  return { early, late };
}

/** {@link fitRising} from the counts of all interactions. */
export function risingScores(
  { early, late }: RisingCounts,
  releaseYears: ArrayLike<number>,
  lastYear: number,
): Float32Array | null {
  let isAnyRising = false;
  const scores = new Float32Array(early.length);
  for (let item = 0; item < early.length; item++) {
    if (releaseYears[item] !== lastYear && releaseYears[item] !== lastYear - 1) continue;
    scores[item] = max(0, log((late[item] + RISING_DAMPING) / (early[item] + RISING_DAMPING)));
    if (scores[item] > 0) isAnyRising = true;
  }
  return isAnyRising ? scores : null;
}
