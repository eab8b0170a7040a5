import { randomInt } from '../random/random.ts';
import type { Random } from '../random/random.ts';

/**
 * Draws distinct items that a user has not seen, uniformly and without replacement: fewer than asked for where the
 * catalogue holds fewer.
 *
 * @param seen items that must not be drawn (the user's history and what was held out), in any order.
 */
export function sampleNegatives(
  numItems: number,
  seen: Iterable<number>,
  count: number,
  random: Random,
): Int32Array {
  const isSeen = new Uint8Array(numItems);
  for (const itemIndex of seen) isSeen[itemIndex] = 1;
  const unseen = new Int32Array(numItems)
    .map((_, itemIndex) => itemIndex)
    .filter((item) => isSeen[item] === 0);
  const numDrawn = Math.min(count, unseen.length);
  // The first steps of a Fisher–Yates shuffle: each prefix is a uniform sample.
  for (let i = 0; i < numDrawn; i++) {
    const j = i + randomInt(random, unseen.length - i);
    [unseen[i], unseen[j]] = [unseen[j], unseen[i]];
  }
  return unseen.slice(0, numDrawn);
}
