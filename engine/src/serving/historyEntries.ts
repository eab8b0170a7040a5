import type { RecommenderModel } from '../features/recommenderModel.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';
import type { FoldedUser } from './foldIn.ts';

/**
 * The number of each history entry at each item shown, minus the entry's mean over all candidates, [shown × history].
 *
 * The number of entry h at item i is M[h, i] of a sparse matrix, or IN_h·OUT_i of item2vec.
 * @param matrix null for item2vec
 * @param shown among the candidates
 */
export function historyEntries(
  model: RecommenderModel,
  user: FoldedUser,
  candidateItems: Int32Array,
  matrix: SparseItemMatrix | null,
  shown: Int32Array,
): Float32Array {
  return matrix
    ? sparseEntries(matrix, user.items, candidateItems, shown)
    : denseEntries(model.item2vec, user.items, candidateItems, shown);
}

function sparseEntries(
  { numItems, offsets, items, weights }: SparseItemMatrix,
  history: Int32Array,
  candidateItems: Int32Array,
  shown: Int32Array,
): Float32Array {
  const isCandidate = new Uint8Array(numItems);
  for (const item of candidateItems) isCandidate[item] = 1;
  const placeOf = new Map(Array.from(shown, (item, place) => [item, place]));
  const entries = new Float32Array(shown.length * history.length);
  history.forEach((row, h) => {
    let sum = 0;
    for (let at = offsets[row]; at < offsets[row + 1]; at++) {
      if (isCandidate[items[at]] === 0) continue;
      sum += weights[at];
      const place = placeOf.get(items[at]);
      if (place !== undefined) entries[place * history.length + h] = weights[at];
    }
    const mean = sum / Math.max(1, candidateItems.length);
    for (let place = 0; place < shown.length; place++) entries[place * history.length + h] -= mean;
  });
  return entries;
}

function denseEntries(
  { inVectors, outVectors, dim }: RecommenderModel['item2vec'],
  history: Int32Array,
  candidateItems: Int32Array,
  shown: Int32Array,
): Float32Array {
  const mean = new Float64Array(dim);
  for (const item of candidateItems) {
    for (let d = 0; d < dim; d++) mean[d] += outVectors[item * dim + d] / candidateItems.length;
  }
  const entries = new Float32Array(shown.length * history.length);
  shown.forEach((item, place) =>
    history.forEach((row, h) => {
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += inVectors[row * dim + d] * (outVectors[item * dim + d] - mean[d]);
      entries[place * history.length + h] = sum;
    }),
  );
  return entries;
}
