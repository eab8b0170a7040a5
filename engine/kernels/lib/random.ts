/**
 * The generator of engine/src/random/random.ts, number for number. Its state is a global of the instance, thus of the thread.
 *
 * Source: splitmix32, see there.
 */
let state: u32 = 0;

/** Starts the sequence that `seededRandom(seed)` gives. */
// @inline
export function seedRandom(seed: u32): void {
  state = seed;
}

/** The next 32 uniform bits. */
// @inline
export function random32(): u32 {
  state += 0x9e3779b9;
  return mix32(state);
}

/** A uniform integer in 0 … bound − 1: `randomInt` of the reference, exact for bounds up to 2^21. */
// @inline
export function randomBelow(bound: u32): u32 {
  return u32(((random32() as u64) * (bound as u64)) >> 32);
}

/** A uniform number in [0, 1), with the 24 bits that a float holds. */
// @inline
export function randomFloat(): f32 {
  return f32(random32() >>> 8) * f32(1.0 / 16777216.0);
}

/** The seed of one of many independent sequences: `streamSeed` of the reference. */
// @inline
export function streamSeed(seed: u32, stream: u32): u32 {
  return mix32(mix32(seed + 0x9e3779b9) + stream * 0x9e3779b9);
}

// @inline
function mix32(bits: u32): u32 {
  let z = bits;
  z = (z ^ (z >>> 16)) * 0x21f0aaad;
  z = (z ^ (z >>> 15)) * 0x735a2d97;
  return z ^ (z >>> 15);
}

/** The draws number `index` + 1 … + 4 of `seededRandom(seed)`, 32 bits each: a sequence that can be entered anywhere. */
// @inline
export function draws4(seed: u32, index: u32): v128 {
  const first = seed + (index + 1) * 0x9e3779b9;
  const steps = i32x4(0, <i32>0x9e3779b9, <i32>0x3c6ef372, <i32>0xdaa66d2b);
  let z = i32x4.add(i32x4.splat(first), steps);
  z = i32x4.mul(v128.xor(z, i32x4.shr_u(z, 16)), i32x4.splat(0x21f0aaad));
  z = i32x4.mul(v128.xor(z, i32x4.shr_u(z, 15)), i32x4.splat(0x735a2d97));
  return v128.xor(z, i32x4.shr_u(z, 15));
}
