/** Draws for the fuzz: the same seed draws the same. */
export interface Draws {
  /** From 0 up to but without 1. */
  next(): number;
  /** A whole number from 0 up to but without `end`. */
  below(end: number): number;
  chance(share: number): boolean;
  of<T>(choices: readonly T[]): T;
}

/** Mulberry32 (Tommy Ettinger, 2017): small, and good enough to choose by. */
export function drawsFrom(seed: number): Draws {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    next,
    below,
    chance: (share) => next() < share,
    of(choices) {
      const chosen = choices[below(choices.length)];
      if (chosen === undefined) throw new Error('there is nothing to choose from');
      return chosen;
    },
  };
}
