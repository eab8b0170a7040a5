/** Sigmoids of float32 reach 0 and 1. */
const LEAST_PROBABILITY = 1e-7;

/** The number whose sigmoid is the probability, bounded where float32 has rounded it to 0 or 1. */
export function logit(probability: number): number {
  const p = Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, probability));
  return Math.log(p / (1 - p));
}
