const { cos, floor, log, sqrt, PI } = Math;

/** Draws of one seeded generator. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
  /** Uniform whole number in [0, limit). */
  below(limit: number): number;
}

/** A seeded generator: sfc32 (C. Doty-Humphrey's Small Fast Chaotic PRNG, 32-bit), normals by the Box–Muller transform. */
export function createRandom(seed: number): Random {
  let a = 0;
  let b = 0x9e3779b9;
  let c = seed >>> 0;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let warmUp = 0; warmUp < 15; warmUp++) next();
  return {
    uniform: next,
    normal: () => sqrt(-2 * log(1 - next())) * cos(2 * PI * next()),
    below: (limit) => floor(next() * limit),
  };
}
