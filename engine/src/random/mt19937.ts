import type { Random } from './random.ts';

const STATE_SIZE = 624;
const SHIFT_SIZE = 397;
const MATRIX_A = 0x9908b0df;
const UPPER_BIT = 0x80000000;
const LOWER_BITS = 0x7fffffff;

/**
 * The Mersenne Twister as numpy's legacy `RandomState(seed).random_sample()` draws it: 53-bit numbers in [0, 1).
 *
 * Source: Matsumoto & Nishimura, "Mersenne Twister" (ACM TOMACS 1998); state from init_genrand (2002 revision), each
 * number from two outputs a, b as ((a >>> 5) · 2^26 + (b >>> 6)) / 2^53.
 */
export function mt19937(seed: number): Random {
  const state = new Uint32Array(STATE_SIZE);
  state[0] = seed;
  for (let i = 1; i < STATE_SIZE; i++) {
    const previous = state[i - 1] ^ (state[i - 1] >>> 30);
    state[i] = Math.imul(1812433253, previous) + i;
  }
  let position = STATE_SIZE;

  function twist(): void {
    for (let i = 0; i < STATE_SIZE; i++) {
      const joined = (state[i] & UPPER_BIT) | (state[(i + 1) % STATE_SIZE] & LOWER_BITS);
      state[i] = state[(i + SHIFT_SIZE) % STATE_SIZE] ^ (joined >>> 1) ^ (joined & 1 ? MATRIX_A : 0);
    }
    position = 0;
  }

  function nextUint32(): number {
    if (position === STATE_SIZE) twist();
    let y = state[position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  return () => {
    const high = nextUint32() >>> 5;
    const low = nextUint32() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  };
}
