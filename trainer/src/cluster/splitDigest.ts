import type { Interactions } from '@pocketrocket/engine';

/**
 * A digest of which users and items the ratings name, in any order. Spark computes the same of what its split keeps
 * (`trainer/spark/pocketrocket_spark/blocks.py`), so that no model is fitted on another split than the one that is measured.
 * @returns a whole number below 2^32
 */
export function splitDigest({ userOffsets, itemIndices }: Interactions): number {
  let sum = 0;
  let userIndex = 0;
  for (let row = 0; row < itemIndices.length; row++) {
    while ((userOffsets[userIndex + 1] ?? Infinity) <= row) userIndex++;
    let mixed = Math.imul(userIndex, 0x9e3779b1) ^ Math.imul(itemIndices[row] ?? 0, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
    sum = (sum + (mixed ^ (mixed >>> 15))) >>> 0;
  }
  return sum;
}
