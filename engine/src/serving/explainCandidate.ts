import { featureScores, matrixOf } from './features.ts';
import { weightsFor } from './foldIn.ts';
import type { FoldedUser } from './foldIn.ts';
import { RETRIEVAL_FEATURES } from './servedModel.ts';
import type { RecommenderModel, RetrievalFeature } from './servedModel.ts';
import { momentsOf } from './standardise.ts';

/** Why candidates stand where they stand: answers for every candidate of one list, [history.length]. */
export type CandidateExplainer = (itemIndex: number) => Float64Array;

/**
 * Splits what speaks for a candidate into one term per history entry.
 *
 * The features that are sums over the history (item2vec, EASE, co-visitation, transitions) are taken apart:
 * term_h = Σ_features weight / σ · (entry h's part − the mean of that part over the candidates), σ the deviation of the
 * feature over the candidates; the weights are those of the ranking. Where all of these weigh nothing, co-visitation
 * and item2vec speak. The largest positive terms are a candidate's reasons.
 * @param candidateItems all the candidates that were standardised together
 */
export function explainCandidates(
  model: RecommenderModel,
  user: FoldedUser,
  candidateItems: Int32Array,
): CandidateExplainer {
  const parts = linearFeatures(model).flatMap(([feature, weight]): FeaturePart[] => {
    const scores = featureScores(model, user, feature);
    if (!scores) return [];
    const { deviation } = momentsOf(Float32Array.from(candidateItems, (item) => scores[item]));
    if (deviation === 0) return [];
    return [
      { weights: weightsFor(user, feature).map((w) => (weight * w) / deviation), entry: entryOf(feature) },
    ];
  });
  return (itemIndex) => {
    const terms = new Float64Array(user.items.length);
    for (const { weights, entry } of parts) {
      for (let h = 0; h < terms.length; h++) terms[h] += weights[h] * entry(h, itemIndex);
    }
    return terms;
  };

  /** An entry's part in a candidate's score, less its mean over the candidates, before the entry's weight. */
  function entryOf(feature: RetrievalFeature): FeaturePart['entry'] {
    const matrix = matrixOf(model, feature);
    if (matrix) {
      const { items, weights, offsets } = matrix;
      const isCandidate = new Uint8Array(model.numItems);
      for (const item of candidateItems) isCandidate[item] = 1;
      const means = Float64Array.from(user.items, (item) => {
        let sum = 0;
        for (let at = offsets[item]; at < offsets[item + 1]; at++) {
          if (isCandidate[items[at]] === 1) sum += weights[at];
        }
        return sum / Math.max(1, candidateItems.length);
      });
      return (h, itemIndex) => {
        const start = offsets[user.items[h]];
        const place = items.subarray(start, offsets[user.items[h] + 1]).indexOf(itemIndex);
        return (place < 0 ? 0 : weights[start + place]) - means[h];
      };
    }
    const { inVectors, outVectors, dim } = model.item2vec;
    const totalWeight = weightsFor(user, feature).reduce((sum, weight) => sum + weight, 0);
    const meanOut = meanRow(outVectors, dim, candidateItems);
    return (h, itemIndex) => {
      let sum = 0;
      for (let d = 0; d < dim; d++) {
        sum += inVectors[user.items[h] * dim + d] * (outVectors[itemIndex * dim + d] - meanOut[d]);
      }
      return sum / totalWeight;
    };
  }
}

interface FeaturePart {
  /** [history.length] */
  readonly weights: Float32Array;
  readonly entry: (h: number, itemIndex: number) => number;
}

const FALLBACK: readonly [RetrievalFeature, number][] = [
  ['item2vec', 1],
  ['coVisitation', 1],
];

/** The features that are sums over the history, with their weights in the ranking. */
function linearFeatures(model: RecommenderModel): readonly (readonly [RetrievalFeature, number])[] {
  const { rankingWeights } = model.settings;
  const weighed = RETRIEVAL_FEATURES.map(
    (feature) => [feature, rankingWeights[feature] ?? 0] as const,
  ).filter(([feature, weight]) => weight > 0 && (feature.startsWith('item2vec') || matrixOf(model, feature)));
  return weighed.length > 0 ? weighed : FALLBACK;
}

function meanRow(vectors: Float32Array, dim: number, rows: Int32Array): Float64Array {
  const mean = new Float64Array(dim);
  for (const row of rows) {
    for (let d = 0; d < dim; d++) mean[d] += vectors[row * dim + d] / rows.length;
  }
  return mean;
}
