import type { RecommenderModel } from '../features/recommenderModel.ts';
import type { DenseRows } from '../features/feature.ts';
import type { ExplainedFeature } from './explainCandidate.ts';
import { foldedHistoryOf } from './foldIn.ts';
import type { FoldedUser } from './foldIn.ts';

/** Adds to each shown item's terms, [shown][history], the shares of the history's entries in some features. */
type SharesAdder = (shown: Int32Array, terms: readonly Float32Array[]) => void;

/**
 * The part of an explanation that features have which state their own shares, computed ones and dense ones:
 * weight / σ · (entry h's share − its mean over the candidates).
 * @returns null where there are none of these features
 */
export function sharesAdder(
  model: RecommenderModel,
  user: FoldedUser,
  candidateItems: Int32Array,
  weighed: readonly ExplainedFeature[],
): SharesAdder | null {
  const adders = weighed.flatMap(({ feature, weight, deviation }): SharesAdder[] => {
    const factor = weight / deviation;
    if (feature.kind === 'computed' && feature.explains) {
      return [
        computedAdder(
          () => feature.shares(model, foldedHistoryOf(user), candidateItems),
          candidateItems,
          factor,
        ),
      ];
    }
    if (feature.kind !== 'dense' || !('queryShares' in feature)) return [];
    const rows = feature.rows(model);
    const shares = (): Float32Array | null => feature.queryShares(model, foldedHistoryOf(user));
    return rows ? [denseAdder(rows, shares, candidateItems, factor)] : [];
  });
  if (adders.length === 0) return null;
  return (shown, terms) => {
    for (const add of adders) add(shown, terms);
  };
}

/** @param sharesOf [candidates × history] */
function computedAdder(
  sharesOf: () => Float32Array,
  candidateItems: Int32Array,
  factor: number,
): SharesAdder {
  let known: { shares: Float32Array; means: Float64Array; count: number } | undefined;
  return (shown, terms) => {
    if (!known) {
      const shares = sharesOf();
      const count = shares.length / Math.max(1, candidateItems.length);
      known = { shares, means: columnMeans(shares, candidateItems.length, count), count };
    }
    const { shares, means, count } = known;
    const placeOf = new Map(Array.from(candidateItems, (item, place) => [item, place]));
    shown.forEach((item, index) => {
      const row = count * (placeOf.get(item) ?? -1);
      if (row < 0) return;
      for (let h = 0; h < count; h++) terms[index][h] += factor * (shares[row + h] - means[h]);
    });
  };
}

/** @param sharesOf [latest entries × dim] of the query; null where there is none */
function denseAdder(
  { vectors, dim }: DenseRows,
  sharesOf: () => Float32Array | null,
  candidateItems: Int32Array,
  factor: number,
): SharesAdder {
  let mean: Float64Array | undefined;
  return (shown, terms) => {
    const shares = sharesOf();
    if (!shares) return;
    mean ??= meanRow(vectors, dim, candidateItems);
    const difference = new Float64Array(dim);
    for (let index = 0; index < shown.length; index++) {
      const row = shown[index] * dim;
      for (let c = 0; c < dim; c++) difference[c] = factor * (vectors[row + c] - mean[c]);
      const ofItem = terms[index];
      for (let h = ofItem.length - shares.length / dim, at = 0; h < ofItem.length; h++) {
        let sum = 0;
        for (let c = 0; c < dim; c++, at++) sum += shares[at] * difference[c];
        ofItem[h] += sum;
      }
    }
  };
}

function meanRow(vectors: Float32Array, dim: number, items: Int32Array): Float64Array {
  const mean = new Float64Array(dim);
  for (const item of items) for (let c = 0; c < dim; c++) mean[c] += vectors[item * dim + c] / items.length;
  return mean;
}

/** The mean of each column of [rows × columns], [columns]. */
function columnMeans(values: Float32Array, rows: number, columns: number): Float64Array {
  const means = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) means[column] += values[row * columns + column] / rows;
  }
  return means;
}
