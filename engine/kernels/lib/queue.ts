/**
 * Takes the next chunk from a queue that threads share: the number of the chunk, counted from 0.
 *
 * The counter is one 32-bit word that the caller set to 0 before the job; whoever draws `numChunks` or more is done.
 */
// @inline
export function nextChunk(counter: usize): u32 {
  return atomic.add<u32>(counter, 1);
}
