import type { HistoryEntry } from '../../data/history.ts';
import type { Item2Vec } from './index.ts';

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
