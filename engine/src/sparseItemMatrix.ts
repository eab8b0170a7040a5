/** Weights from item to item, of which each row keeps only the strongest. */
export interface SparseItemMatrix {
  readonly numItems: number;
  readonly numNeighbours: number;
  /** [numItems × numNeighbours] targets, strongest first; −1 where a row has fewer. */
  readonly items: Int32Array;
  /** [numItems × numNeighbours]; 0 where a row has fewer. */
  readonly weights: Float32Array;
}

/**
 * Adds the scores of a history to `out`: out[j] += Σ_i weight_i · B[i, j] over the items i of the history.
 *
 * @param items the history.
 * @param weights one per item of the history; all 1 where left out.
 * @param out [numItems], added to in place.
 */
export function scoreSparse(
  matrix: SparseItemMatrix,
  items: Int32Array,
  weights: Float32Array | undefined,
  out: Float32Array,
): void {
  const { numNeighbours } = matrix;
  for (let index = 0; index < items.length; index++) {
    const weight = weights ? weights[index] : 1;
    const start = items[index] * numNeighbours;
    for (let entry = start; entry < start + numNeighbours; entry++) {
      const target = matrix.items[entry];
      if (target < 0) break;
      out[target] += weight * matrix.weights[entry];
    }
  }
}
