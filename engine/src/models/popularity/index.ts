import { countItems } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';

const { log1p } = Math;

/** Spreads damped popularity, n / (n + k). */
const POPULARITY_SPREAD = 10;

/**
 * Damped popularity, n / (n + k) with n an item's interactions and k their mean over the catalogue.
 *
 * [numItems], in [0, 1), in the order of the counts; ½ is an item of average popularity. All 0 without interactions.
 */
export function fitPopularity(interactions: Interactions): Float32Array {
  return popularityOf(countItems(interactions));
}

/** The same from the interactions of each item, [numItems]. */
export function popularityOf(counts: Int32Array): Float32Array {
  const damping = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return Float32Array.from(counts, (count) => (count === 0 ? 0 : count / (count + damping)));
}

/** ln(1 + 10 · odds) of every item, [numItems]: damped popularity on a logarithmic scale again. */
export function popularityScores(popularity: Float32Array): Float32Array {
  return oddsOf(popularity).map((odds) => log1p(POPULARITY_SPREAD * odds));
}

/** p / (1 − p): in proportion to the items' interactions. */
export function oddsOf(popularity: Float32Array): Float32Array {
  return popularity.map((share) => share / (1 - share));
}
