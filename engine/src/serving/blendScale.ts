import type { RankingFeature, RetrievalFeature } from '../features/registry.ts';
import type { FeatureWeights, RecommenderModel, ServedSettings } from '../features/recommenderModel.ts';
import { RETRIEVAL_FEATURES } from '../features/registry.ts';
import type { Candidates } from '../search/topK.ts';
import { momentsOf } from './standardise.ts';

/** The raw values that a blend is made of. */
export interface BlendValues extends Candidates {
  /** Each feature's raw value per candidate. */
  readonly features: ReadonlyMap<RetrievalFeature, Float32Array>;
}

/** An addend of the blend: scale · (value − mean). */
interface ScaledFeature {
  readonly feature: RankingFeature;
  readonly scale: number;
  readonly mean: number;
}

/**
 * The scale of a user's blended scores: the moments of each feature among the user's own candidates. By it other items are scored so that
 * their scores compare with the list's.
 */
export interface BlendScale {
  /** In the order of summation; those that weigh and differ among the candidates. */
  readonly parts: readonly ScaledFeature[];
  /** The moments of retrieval's score, by which the user is ranked where NeuralCF cannot; null where it can. */
  readonly retrieval: { readonly mean: number; readonly deviation: number } | null;
}

/** The scale of candidates. @param logits NeuralCF's, [candidates]; null where it cannot score this user */
export function blendScaleOf(
  { settings }: Pick<RecommenderModel, 'settings'>,
  { scores, features }: BlendValues,
  logits: Float32Array | null,
): BlendScale {
  if (logits === null) return { parts: [], retrieval: momentsOf(scores) };
  const { rankingWeights } = settings;
  const parts: ScaledFeature[] = [];
  const add = (feature: RankingFeature, values: Float32Array): void => {
    const weight = weightOf(rankingWeights, feature);
    const { mean, deviation } = momentsOf(values);
    if (deviation > 0) parts.push({ feature, scale: weight / deviation, mean });
  };
  for (const feature of RETRIEVAL_FEATURES) {
    const values = features.get(feature);
    if (weightOf(rankingWeights, feature) > 0 && values) add(feature, values);
  }
  add('neuralCF', logits);
  return { parts, retrieval: null };
}

/** The blend z of items on a scale, in the order given, [items]. @param logits NeuralCF's; null where the scale is retrieval's */
export function blendOnScale(
  { parts, retrieval }: BlendScale,
  { items, scores, features }: BlendValues,
  logits: Float32Array | null,
): Float64Array {
  const z = new Float64Array(items.length);
  if (retrieval) {
    const { mean, deviation } = retrieval;
    return z.map((_, place) => (deviation > 0 ? (scores[place] - mean) / deviation : 0));
  }
  for (const { feature, scale, mean } of parts) {
    const values = feature === 'neuralCF' ? logits : features.get(feature);
    if (!values) continue;
    for (let place = 0; place < z.length; place++) z[place] += scale * (values[place] - mean);
  }
  return z;
}

function weightOf(weights: ServedSettings['rankingWeights'], feature: keyof FeatureWeights): number {
  return weights[feature] ?? 0;
}
