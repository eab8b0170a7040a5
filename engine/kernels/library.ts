/** Exports the functions of `lib`, so that tests can compare them with the reference. Trains nothing. */
import { addScaled, dot } from './lib/dot.ts';
import { nextChunk } from './lib/queue.ts';
import { randomBelow, seedRandom, streamSeed } from './lib/random.ts';
import { exp4, logarithm, sigmoid } from './lib/sigmoid.ts';

export function rowDot(a: usize, b: usize, dim: i32): f32 {
  return dot(a, b, dim << 2);
}

export function rowAddScaled(target: usize, source: usize, factor: f32, dim: i32): void {
  addScaled(target, source, factor, dim << 2);
}

export function sigmoidOf(x: f32): f32 {
  return sigmoid(x);
}

export function expOf(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

export function logOf(x: f64): f64 {
  return logarithm(x);
}

export function streamSeedOf(seed: u32, stream: u32): u32 {
  return streamSeed(seed, stream);
}

/** Fills `out` with `n` draws below `bound`, 32-bit each. */
export function randomDraws(seed: u32, bound: u32, out: usize, n: i32): void {
  seedRandom(seed);
  for (let i = 0; i < n; i++) store<u32>(out + (i << 2), randomBelow(bound));
}

/** Adds 1 to each of `n` 32-bit words, `chunk` words at a time, from the queue at `counter`. */
export function countWords(counter: usize, words: usize, n: i32, chunk: i32): void {
  for (let start = nextChunk(counter) * chunk; start < u32(n); start = nextChunk(counter) * chunk) {
    const end = min(start + chunk, u32(n));
    for (let i = start; i < end; i++) store<u32>(words + (i << 2), load<u32>(words + (i << 2)) + 1);
  }
}

/** Returns once `threads` threads are inside, or after ten seconds. */
export function meet(arrived: usize, threads: i32): void {
  if (atomic.add<i32>(arrived, 1) + 1 === threads) atomic.notify(arrived, -1);
  let here = atomic.load<i32>(arrived);
  while (here < threads) {
    if (atomic.wait<i32>(arrived, here, 10_000_000_000) === AtomicWaitResult.TIMED_OUT) return;
    here = atomic.load<i32>(arrived);
  }
}

/** Traps on every thread: a load beyond the end of any memory. */
export function trap(): u32 {
  return load<u32>(<usize>0xfffffffc);
}
