import type { RecommenderModel } from '../features/recommenderModel.ts';
import type { ExplainedFeature } from './explainCandidate.ts';
import { foldedHistoryOf } from './foldIn.ts';
import type { FoldedUser } from './foldIn.ts';

/** Adds to each shown item's terms, [shown][history], the shares of the history's entries in the computed features. */
type SharesAdder = (shown: Int32Array, terms: readonly Float32Array[]) => void;

/**
 * The part of an explanation that computed features have: weight / σ · (entry h's share − its mean over the candidates).
 * @returns null where none of the features is computed
 */
export function sharesAdder(
  model: RecommenderModel,
  user: FoldedUser,
  candidateItems: Int32Array,
  weighed: readonly ExplainedFeature[],
): SharesAdder | null {
  const computed = weighed.flatMap(({ feature, weight, deviation }) =>
    feature.kind === 'computed' && feature.explains ? [{ feature, factor: weight / deviation }] : [],
  );
  if (computed.length === 0) return null;
  const history = foldedHistoryOf(user);
  const count = history.items.length;
  let all: { shares: Float32Array; means: Float64Array; factor: number }[] | undefined;
  return (shown, terms) => {
    all ??= computed.map(({ feature, factor }) => {
      const shares = feature.shares(model, history, candidateItems);
      return { shares, means: columnMeans(shares, candidateItems.length, count), factor };
    });
    const placeOf = new Map(Array.from(candidateItems, (item, place) => [item, place]));
    shown.forEach((item, index) => {
      const row = count * (placeOf.get(item) ?? -1);
      if (row < 0) return;
      for (const { shares, means, factor } of all ?? []) {
        for (let h = 0; h < count; h++) terms[index][h] += factor * (shares[row + h] - means[h]);
      }
    });
  };
}

/** The mean of each column of [rows × columns], [columns]. */
function columnMeans(values: Float32Array, rows: number, columns: number): Float64Array {
  const means = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) means[column] += values[row * columns + column] / rows;
  }
  return means;
}
