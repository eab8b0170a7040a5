// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { floor, imul } = Math;

/** 2^32 divided by the golden ratio: the step of the Weyl sequence. */
const GAMMA = 0x9e3779b9;

/** A source of uniform numbers in [0, 1). */
export type Random = () => number;

/**
 * A small, fast generator for training: one 32-bit Weyl sequence through a finalising hash; same seed, same sequence.
 *
 * Source: splitmix32, the 32-bit form of Steele, Lea & Flood, "Fast splittable pseudorandom number generators"
 * (OOPSLA 2014), with multipliers found by C. Wellons' hash-prospector. Period 2^32; not for cryptography.
 */
export function seededRandom(seed: number): Random {
  return restartableRandom(seed).next;
}

/** The generator of a seed as it goes on after so many numbers. */
export function randomAfter(seed: number, numDrawn: number): Random {
  const random = restartableRandom(seed);
  random.skip(numDrawn);
  return random.next;
}

export interface RestartableRandom {
  readonly next: Random;
  /** Goes on as `seededRandom(seed)` does. */
  restart(seed: number): void;
  /** Passes over so many numbers at once. */
  skip(count: number): void;
  /** The seed with which another generator goes on as this one does. */
  seed(): number;
}

/** A generator that can be set to another place of its sequence, or to another sequence. */
export function restartableRandom(seed = 0): RestartableRandom {
  let state = seed | 0;
  return {
    next: () => {
      state = (state + GAMMA) | 0;
      return mix32(state) / 2 ** 32;
    },
    restart: (newSeed) => {
      state = newSeed | 0;
    },
    skip: (count) => {
      state = (state + imul(count, GAMMA)) | 0;
    },
    seed: () => state,
  };
}

/** The seed of one of many sequences that serve independent parts of one fit, such as its users, in any order. */
export function streamSeed(seed: number, stream: number): number {
  return mix32((mix32((seed + GAMMA) | 0) + imul(stream, GAMMA)) | 0);
}

/** The finalising hash of {@link seededRandom}; an unsigned 32-bit number. */
function mix32(bits: number): number {
  let z = bits;
  z = imul(z ^ (z >>> 16), 0x21f0aaad);
  z = imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** A uniform integer in 0 … bound − 1. */
export function randomInt(random: Random, bound: number): number {
  return floor(random() * bound);
}

/** Uniform numbers that {@link gaussian} takes. */
export const DRAWS_OF_GAUSSIAN = 2;

/** One draw from the standard normal distribution (Box & Muller 1958; the second of the pair is dropped). */
export function gaussian(random: Random): number {
  // 1 − u lies in (0, 1], so the logarithm is finite.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Permutes the array in place, every order equally likely (Fisher & Yates). */
export function shuffle(values: Int32Array, random: Random): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = randomInt(random, last + 1);
    const value = values[last];
    values[last] = values[other];
    values[other] = value;
  }
}
