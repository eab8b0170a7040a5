import type { Interactions } from '@pocketrocket/engine';
import type { DataHandle } from '../fitting/fitData.ts';
import { hashPlainData } from '../fitting/hashPlainData.ts';

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { imul } = Math;

/** Odd multipliers, one for each 32 bits of a digest. */
const LANES = [0x9e3779b1, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f];
/** Stand for an unknown time, whose bits are many. */
const UNKNOWN_TIME = 0xffffffff;

/** The size of ratings, and a digest of them. */
export interface Fingerprint {
  readonly numUsers: number;
  readonly numItems: number;
  readonly numRatings: number;
  /** [4] whole numbers below 2^32. */
  readonly digest: readonly number[];
}

/** The handle of ratings by their content. */
export function handleOf({ numUsers, numItems, numRatings, digest }: Fingerprint): DataHandle {
  return { sha256: hashPlainData({ numUsers, numItems, numRatings, digest }) };
}

/**
 * Tells ratings from all others: users, places in their histories, items, stars and times.
 *
 * The digest is a sum over ratings, so that parts of the users can be digested apart; Spark computes the same
 * (`trainer/spark/pocketrocket_spark/blocks.py`).
 */
export function fingerprintOf(interactions: Interactions): Fingerprint {
  const { numUsers, numItems, userOffsets, itemIndices, ratings, timestamps } = interactions;
  const starBits = wordsOf(ratings);
  const timeBits = wordsOf(timestamps);
  const digest = [0, 0, 0, 0];
  for (let userIndex = 0; userIndex < numUsers; userIndex++) {
    const start = userOffsets[userIndex] ?? 0;
    const end = userOffsets[userIndex + 1] ?? start;
    for (let row = start; row < end; row++) {
      const isUnknown = Number.isNaN(timestamps[row]);
      const low = isUnknown ? UNKNOWN_TIME : (timeBits[2 * row] ?? 0);
      const high = isUnknown ? UNKNOWN_TIME : (timeBits[2 * row + 1] ?? 0);
      for (let lane = 0; lane < LANES.length; lane++) {
        const multiplier = LANES[lane] ?? 1;
        let bits = mixed(multiplier, userIndex, multiplier);
        bits = mixed(bits, row - start, multiplier);
        bits = mixed(bits, itemIndices[row] ?? 0, multiplier);
        bits = mixed(bits, starBits[row] ?? 0, multiplier);
        bits = mixed(bits, low, multiplier);
        bits = mixed(bits, high, multiplier);
        digest[lane] = ((digest[lane] ?? 0) + (mixed(bits, bits >>> 16, multiplier) >>> 0)) >>> 0;
      }
    }
  }
  return { numUsers, numItems, numRatings: itemIndices.length, digest };
}

function mixed(bits: number, word: number, multiplier: number): number {
  const product = imul(bits ^ word, multiplier);
  return product ^ (product >>> 15);
}

function wordsOf({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, byteLength / Uint32Array.BYTES_PER_ELEMENT);
}
