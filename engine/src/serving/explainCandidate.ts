import type { RecommenderModel } from '../features/recommenderModel.ts';
import { FEATURE, FEATURES } from '../features/registry.ts';
import type { RetrievalFeature, ServedFeature } from '../features/registry.ts';
import type { SparseItemMatrix } from '../sparse/itemMatrix.ts';
import { featureScores } from './featureScores.ts';
import { weightsFor } from './foldIn.ts';
import type { FoldedUser } from './foldIn.ts';
import { historyEntries } from './historyEntries.ts';
import { sharesAdder } from './historyShares.ts';
import { candidateKernel } from './candidateKernel.ts';
import { momentsOf } from './standardise.ts';

/** Explains the scores of some candidates of one list: for each its terms, [history.length]. */
export type CandidateExplainer = (items: ArrayLike<number>) => Float32Array[];

/**
 * Splits what speaks for a candidate into one term per history entry.
 *
 * The features that are sums over the history (item2vec, EASE, co-visitation, transitions) are taken apart:
 * term_h = Σ_features weight / σ · (entry h's part − the mean of that part over the candidates), σ the deviation of the
 * feature over the candidates; the weights are those of the ranking. Computed features state the parts themselves, and the
 * sequence model's those of its query (`sequenceShares`). Where all of these weigh nothing, co-visitation and item2vec speak. The largest positive terms are a candidate's reasons.
 * @param candidateItems all the candidates that were standardised together
 * @param features their features' values, as far as these are known
 */
export function explainCandidates(
  model: RecommenderModel,
  user: FoldedUser,
  candidateItems: Int32Array,
  features?: ReadonlyMap<RetrievalFeature, Float32Array>,
): CandidateExplainer {
  const kernel = candidateKernel(model);
  const weighed = explainedFeatures(model, (feature) => {
    const known = features?.get(feature);
    if (known) return known;
    const scores = kernel ? kernel.features(user, [feature])[0]?.scores : featureScores(model, user, feature);
    return scores ? Float32Array.from(candidateItems, (item) => scores[item]) : null;
  });
  const parts = partsOf(model, user, weighed);
  const addShares = sharesAdder(model, user, candidateItems, weighed);
  return (items) => {
    const shown = Int32Array.from(items);
    const terms = kernel
      ? kernel.terms(user, candidateItems, parts, shown)
      : referenceTerms(model, user, candidateItems, parts, shown);
    addShares?.(shown, terms);
    return terms;
  };
}

function referenceTerms(
  model: RecommenderModel,
  user: FoldedUser,
  candidateItems: Int32Array,
  parts: readonly ExplainedPart[],
  shown: Int32Array,
): Float32Array[] {
  const count = user.items.length;
  const terms = Array.from(shown, () => new Float64Array(count));
  for (const { matrix, factors } of parts) {
    const entries = historyEntries(model, user, candidateItems, matrix, shown);
    terms.forEach((ofItem, place) => {
      for (let h = 0; h < count; h++) ofItem[h] += factors[h] * entries[place * count + h];
    });
  }
  return terms.map((ofItem) => Float32Array.from(ofItem));
}

/** Features over one matrix, or over item2vec's vectors, added up: their entries are the same numbers. */
export interface ExplainedPart {
  /** Null for item2vec. */
  readonly matrix: SparseItemMatrix | null;
  /** The factor of each entry's number, [history.length]. */
  readonly factors: Float64Array;
}

/** A feature that is explained, with its weight in the ranking and its deviation over the candidates. */
export interface ExplainedFeature {
  readonly feature: ServedFeature;
  readonly weight: number;
  readonly deviation: number;
}

function explainedFeatures(
  model: RecommenderModel,
  valuesOf: (feature: RetrievalFeature) => Float32Array | null,
): ExplainedFeature[] {
  return linearFeatures(model).flatMap(([name, weight]) => {
    const values = valuesOf(name);
    const deviation = values ? momentsOf(values).deviation : 0;
    return deviation === 0 ? [] : [{ feature: FEATURE[name], weight, deviation }];
  });
}

function partsOf(
  model: RecommenderModel,
  user: FoldedUser,
  weighed: readonly ExplainedFeature[],
): ExplainedPart[] {
  const parts = new Map<SparseItemMatrix | null, Float64Array>();
  for (const { feature, weight, deviation } of weighed) {
    if (!isOfKernel(feature)) continue;
    const matrix = feature.kind === 'sparse' ? feature.matrix(model) : null;
    const weights = weightsFor(user, feature.name);
    // item2vec's query is the weighted mean of IN vectors; the other features are sums.
    const total = matrix ? 1 : weights.reduce((sum, one) => sum + one, 0);
    const factors = parts.get(matrix) ?? new Float64Array(weights.length);
    for (let h = 0; h < weights.length; h++) factors[h] += (weight * weights[h]) / (deviation * total);
    parts.set(matrix, factors);
  }
  return Array.from(parts, ([matrix, factors]) => ({ matrix, factors }));
}

/** True for a feature whose terms the kernel computes; `sharesAdder` does those of the others. */
function isOfKernel(feature: ServedFeature): boolean {
  return feature.kind === 'sparse' || (feature.kind === 'dense' && !('queryShares' in feature));
}

const FALLBACK: readonly [RetrievalFeature, number][] = [
  ['item2vec', 1],
  ['coVisitation', 1],
];

/** The features that are sums over the history, with their weights in the ranking. */
function linearFeatures(model: RecommenderModel): readonly (readonly [RetrievalFeature, number])[] {
  const { rankingWeights } = model.settings;
  const weighed = FEATURES.filter(({ explains, part }) => explains && model[part] !== null)
    .map(({ name }) => [name, rankingWeights[name] ?? 0] as const)
    .filter(([, weight]) => weight > 0);
  return weighed.length > 0 ? weighed : FALLBACK;
}
