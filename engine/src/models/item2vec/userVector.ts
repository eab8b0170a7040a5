import type { HistoryEntry } from '../../serving/servedModel.ts';
import type { Item2Vec } from './index.ts';

/** From so many stars on a movie counts as liked, and counts whole. */
const LIKED_STARS = 3;

/** A share of the newest entry's weight that single precision does not see beside it. */
const LEAST_RECENCY = 2 ** -24;

/**
 * How much each entry of a history, oldest first, counts.
 *
 * Recency exp(−position / τ), the newest at position 0 (1 throughout where τ is left out), times the rating's share of
 * three stars, at most 1: what was disliked says little, and how much something was liked no more. 0 where the recency is
 * below 2⁻²⁴. [history.length]
 */
export function historyWeights(history: readonly HistoryEntry[], tau?: number): Float32Array {
  const newest = history.length - 1;
  return Float32Array.from(history, ({ rating }, index) => {
    const recency = tau === undefined ? 1 : Math.exp((index - newest) / tau);
    return recency < LEAST_RECENCY ? 0 : recency * Math.min(1, rating / LIKED_STARS);
  });
}

/**
 * The weighted mean of the IN vectors of a history's items, [dim]; zeros for an empty history.
 * @param weights [history.length], from {@link historyWeights}
 */
export function userVector(
  history: readonly HistoryEntry[],
  weights: Float32Array,
  { inVectors, dim }: Pick<Item2Vec, 'inVectors' | 'dim'>,
): Float32Array {
  const sum = new Float64Array(dim);
  let totalWeight = 0;
  history.forEach(({ itemIndex }, index) => {
    totalWeight += weights[index];
    for (let d = 0; d < dim; d++) sum[d] += weights[index] * inVectors[itemIndex * dim + d];
  });
  return Float32Array.from(sum, (value) => (totalWeight > 0 ? value / totalWeight : 0));
}
