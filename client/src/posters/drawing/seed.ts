/** A stream of numbers in [0, 1), the same for the same seed on every machine. */
export type Random = () => number;

/** 32-bit FNV-1a over UTF-16 code units, with murmur3's finaliser so that near titles land far apart. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The mulberry32 generator. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Evenly from [low, high). */
export const between = (random: Random, low: number, high: number): number => low + random() * (high - low);

/** One of 0 … count − 1. */
export const oneOf = (random: Random, count: number): number => Math.floor(random() * count);
