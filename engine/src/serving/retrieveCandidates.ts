import type { RecommenderModel, ServedSettings } from '../features/recommenderModel.ts';
import { RETRIEVAL_FEATURES } from '../features/registry.ts';
import type { RetrievalFeature } from '../features/registry.ts';
import { topK } from '../search/topK.ts';
import type { Candidates } from '../search/topK.ts';
import { featureScores } from './featureScores.ts';
import type { FoldedUser } from './foldIn.ts';
import { candidateKernel } from './candidateKernel.ts';
import type { KernelFeature } from './modelKernel.ts';
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
 *
 * By the kernel `engine/kernels/candidates.ts` where it is built; with `scoresOf`, by what stands here.
 * @param eligible [numItems], 0 where the item must not be proposed; all may be where it is left out
 * @param scoresOf gives the features, where a caller caches them for several calls
 */
export function retrieveCandidates(
  model: RecommenderModel,
  user: FoldedUser,
  eligible?: Uint8Array,
  scoresOf?: FeatureScorer,
): RetrievedCandidates {
  const { retrievalWeights, numCandidates } = model.settings;
  const wanted = weighedFeatures(model.settings);
  const kernel = scoresOf ? null : candidateKernel(model);
  const used: readonly KernelFeature[] = kernel
    ? kernel.featuresToBlend(user, wanted)
    : scoredFeatures(wanted, scoresOf ?? ((feature) => featureScores(model, user, feature)));
  const parts = used.flatMap((one): BlendPart[] => {
    const weight = retrievalWeights[one.feature] ?? 0;
    return weight > 0 && one.deviation > 0 ? [{ ...one, scale: weight / one.deviation }] : [];
  });
  const { items, strongest, picked, ...best } = kernel
    ? kernel.best(parts, numCandidates, eligible, used)
    : bestOf(parts, model.numItems, numCandidates, eligible, used);
  const indices = parts.map(({ feature }) => RETRIEVAL_FEATURES.indexOf(feature));
  return {
    items,
    scores: best.scores,
    strongest: strongest.map((part) => indices[part] ?? 0),
    features: new Map(used.map(({ feature }, index) => [feature, picked[index]])),
  };
}

/** A retrieval feature of every item, [numItems]; null where the model cannot compute it. */
type FeatureScorer = (feature: RetrievalFeature) => Float32Array | null;

/** An addend of the blend: scale · (score − mean). */
interface BlendPart extends KernelFeature {
  readonly scale: number;
}

/** The features that retrieval or ranking weighs. */
function weighedFeatures({ retrievalWeights, rankingWeights }: ServedSettings): RetrievalFeature[] {
  return RETRIEVAL_FEATURES.filter(
    (feature) => (retrievalWeights[feature] ?? 0) !== 0 || (rankingWeights[feature] ?? 0) !== 0,
  );
}

function scoredFeatures(wanted: readonly RetrievalFeature[], scoresOf: FeatureScorer): KernelFeature[] {
  return wanted.flatMap((feature) => {
    const scores = scoresOf(feature);
    return scores ? [{ feature, scores, ...momentsOf(scores) }] : [];
  });
}

function bestOf(
  parts: readonly BlendPart[],
  numItems: number,
  k: number,
  eligible: Uint8Array | undefined,
  wanted: readonly KernelFeature[],
): Candidates & { strongest: Uint8Array; picked: Float32Array[] } {
  const totals = new Float64Array(numItems);
  for (const { scores, scale, mean } of parts) {
    for (let item = 0; item < numItems; item++) totals[item] += scale * (scores[item] - mean);
  }
  const best = topK(Float32Array.of(1), Float32Array.from(totals), 1, k, eligible);
  return {
    ...best,
    strongest: strongestOf(parts, best.items),
    picked: wanted.map(({ scores }) => pick(scores, best.items)),
  };
}

/** The index of the part that is largest for each item, [items.length]; the first of equal ones. */
function strongestOf(parts: readonly BlendPart[], items: Int32Array): Uint8Array {
  const strongest = new Uint8Array(items.length);
  const most = new Float64Array(items.length).fill(-Infinity);
  parts.forEach(({ scores, scale, mean }, index) => {
    for (let place = 0; place < items.length; place++) {
      const part = scale * (scores[items[place]] - mean);
      if (part > most[place]) {
        most[place] = part;
        strongest[place] = index;
      }
    }
  });
  return strongest;
}

function pick(scores: Float32Array, items: Int32Array): Float32Array {
  const picked = new Float32Array(items.length);
  for (let place = 0; place < items.length; place++) picked[place] = scores[items[place]];
  return picked;
}
