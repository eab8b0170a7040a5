import { topK } from '../topK.ts';
import type { Candidates } from '../topK.ts';
import { featureScores } from './features.ts';
import type { FoldedUser } from './foldIn.ts';
import { RETRIEVAL_FEATURES } from './servedModel.ts';
import type { FeatureWeights, RecommenderModel, RetrievalFeature } from './servedModel.ts';
import { momentsOf } from './standardise.ts';

/** Candidates with what they were retrieved by. */
export interface RetrievedCandidates extends Candidates {
  /** Each feature's raw value per candidate, for features that retrieval or ranking weighs. */
  readonly features: ReadonlyMap<RetrievalFeature, Float32Array>;
  /** The feature that speaks most for each candidate, as an index into {@link RETRIEVAL_FEATURES}. */
  readonly strongest: Uint8Array;
}

/**
 * The `numCandidates` eligible items of largest Σ weight · z, z each feature standardised over the catalogue, or all
 * where there are fewer: a union of what the models propose, in which an item that several propose comes first.
 * @param eligible [numItems], 0 where the item must not be proposed; all may be where it is left out
 * @param scoresOf where features come from, when they are kept for several questions
 */
export function retrieveCandidates(
  model: RecommenderModel,
  user: FoldedUser,
  eligible?: Uint8Array,
  scoresOf: FeatureScorer = (feature) => featureScores(model, user, feature),
): RetrievedCandidates {
  const { settings, numItems } = model;
  const totals = new Float32Array(numItems);
  const used = usedFeatures(model, scoresOf);
  for (const { scores, weight, mean, deviation } of used) {
    if (weight === 0 || deviation === 0) continue;
    const scale = weight / deviation;
    for (let item = 0; item < numItems; item++) totals[item] += scale * (scores[item] - mean);
  }
  const candidates = topK(Float32Array.of(1), totals, 1, settings.numCandidates, eligible);
  const strongest = new Uint8Array(candidates.items.length);
  const most = new Float32Array(candidates.items.length).fill(-Infinity);
  for (const { feature, scores, weight, mean, deviation } of used) {
    if (weight === 0 || deviation === 0) continue;
    const index = RETRIEVAL_FEATURES.indexOf(feature);
    candidates.items.forEach((item, place) => {
      const part = (weight * (scores[item] - mean)) / deviation;
      if (part > most[place]) {
        most[place] = part;
        strongest[place] = index;
      }
    });
  }
  return {
    ...candidates,
    strongest,
    features: new Map(
      used.map(({ feature, scores }) => [
        feature,
        Float32Array.from(candidates.items, (item) => scores[item]),
      ]),
    ),
  };
}

/** A retrieval feature of every item, [numItems]; null where the model cannot compute it. */
type FeatureScorer = (feature: RetrievalFeature) => Float32Array | null;

interface UsedFeature {
  readonly feature: RetrievalFeature;
  /** [numItems] */
  readonly scores: Float32Array;
  /** In retrieval. */
  readonly weight: number;
  readonly mean: number;
  readonly deviation: number;
}

function usedFeatures(model: RecommenderModel, scoresOf: FeatureScorer): UsedFeature[] {
  const { retrievalWeights, rankingWeights } = model.settings;
  const weightIn = (weights: FeatureWeights, feature: RetrievalFeature): number => weights[feature] ?? 0;
  return RETRIEVAL_FEATURES.flatMap((feature) => {
    const weight = weightIn(retrievalWeights, feature);
    if (weight === 0 && weightIn(rankingWeights, feature) === 0) return [];
    const scores = scoresOf(feature);
    return scores ? [{ feature, scores, weight, ...momentsOf(scores) }] : [];
  });
}
