import type { SourceBlock } from './ratingBlock.ts';

const DIGIT_BITS = 16;
const NUM_DIGITS = 1 << DIGIT_BITS;

/** The ratings' indices by (userId, movieId), equal ones in the order they stand in: a radix sort, least significant digit first. */
export function orderByPair({
  length,
  userIds,
  movieIds,
}: Pick<SourceBlock, 'length' | 'userIds' | 'movieIds'>): Uint32Array {
  let from = Uint32Array.from({ length }, (_, index) => index);
  let to = new Uint32Array(length);
  for (const keys of [movieIds, userIds]) {
    for (const shift of [0, DIGIT_BITS]) {
      if (!scatter(keys, shift, from, to)) continue;
      [from, to] = [to, from];
    }
  }
  return from;
}

/** One pass of the sort; false, and nothing done, where the digit is the same everywhere. */
function scatter(keys: Int32Array, shift: number, from: Uint32Array, to: Uint32Array): boolean {
  const starts = new Uint32Array(NUM_DIGITS + 1);
  const { length } = from;
  for (let at = 0; at < length; at++) {
    const digit = ((keys[at] ?? 0) >>> shift) & (NUM_DIGITS - 1);
    starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
  }
  if (starts.indexOf(length, 1) > 0) return false;
  for (let digit = 0; digit < NUM_DIGITS; digit++)
    starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
  for (let at = 0; at < length; at++) {
    const index = from[at] ?? 0;
    const digit = ((keys[index] ?? 0) >>> shift) & (NUM_DIGITS - 1);
    const slot = starts[digit] ?? 0;
    starts[digit] = slot + 1;
    to[slot] = index;
  }
  return true;
}
