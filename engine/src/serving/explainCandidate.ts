import type { Item2Vec } from '../item2vec.ts';
import type { HistoryEntry } from './servedModel.ts';
import { momentsOf } from './standardise.ts';

/** Why candidates stand where they stand: answers for every candidate of one list. */
export type CandidateExplainer = (itemIndex: number) => Float64Array;

/**
 * Splits a candidate's standardised item2vec score into one term per history entry.
 *
 * term_h = w_h / Σw · (IN_h·OUT_c − mean over candidates of IN_h·OUT) / σ, σ the deviation of the candidates' scores; the
 * terms sum to the candidate's z. The largest positive ones are its reasons. All 0 where σ is 0.
 * @param weights [history.length], from historyWeights
 * @param candidateItems all the candidates that were standardised together
 * @returns the terms of one candidate, [history.length]
 */
export function explainCandidates(
  history: readonly HistoryEntry[],
  weights: Float32Array,
  item2vec: Pick<Item2Vec, 'inVectors' | 'outVectors' | 'dim'>,
  candidateItems: Int32Array,
): CandidateExplainer {
  const { inVectors, outVectors, dim } = item2vec;
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  const meanOut = meanRow(outVectors, dim, candidateItems);
  // One row per entry, w_h / Σw · IN_h: a dot product with OUT_c gives the entry's part of the score.
  const parts = history.map(({ itemIndex }, index) =>
    Float64Array.from(
      { length: dim },
      (_, d) => (weights[index] / totalWeight) * inVectors[itemIndex * dim + d],
    ),
  );
  const query = Float64Array.from({ length: dim }, (_, d) => parts.reduce((sum, part) => sum + part[d], 0));
  const centredDot = (part: Float64Array, itemIndex: number): number => {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += part[d] * (outVectors[itemIndex * dim + d] - meanOut[d]);
    return sum;
  };
  const { deviation } = momentsOf(Array.from(candidateItems, (itemIndex) => centredDot(query, itemIndex)));
  return (itemIndex) =>
    Float64Array.from(parts, (part) => (deviation > 0 ? centredDot(part, itemIndex) / deviation : 0));
}

/** {@link explainCandidates} for a single candidate, [history.length]. */
export function explainCandidate(
  history: readonly HistoryEntry[],
  weights: Float32Array,
  item2vec: Pick<Item2Vec, 'inVectors' | 'outVectors' | 'dim'>,
  candidateItems: Int32Array,
  itemIndex: number,
): Float64Array {
  return explainCandidates(history, weights, item2vec, candidateItems)(itemIndex);
}

function meanRow(vectors: Float32Array, dim: number, rows: Int32Array): Float64Array {
  const mean = new Float64Array(dim);
  for (const row of rows) {
    for (let d = 0; d < dim; d++) mean[d] += vectors[row * dim + d] / rows.length;
  }
  return mean;
}
