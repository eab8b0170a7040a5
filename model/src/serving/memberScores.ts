import {
  blendOnScale,
  blendScaleOf,
  calibratedScores,
  dislikeRisks,
  retrieveCandidates,
  subtractRisks,
  type BlendScale,
  type RetrievedCandidates,
} from '@pocketrocket/engine';
import type { CandidateRanker } from './candidateRanker.ts';
import type { LoadedModel } from './loadedModel.ts';
import type { Profile } from './profile.ts';
import { logitsOf } from './rank.ts';

/** The scale of a user's own candidates, on which any other item is scored. */
export interface OwnScale {
  readonly profile: Profile;
  /** Rows of the own candidates, best retrieved first. */
  readonly items: Int32Array;
  readonly scale: BlendScale;
  /** Mean of the own candidates' z, risks subtracted. */
  readonly meanZ: number;
  readonly degradedReason: string | null;
}

/** A user's scores of some items, each by its place among them. */
export interface ItemScores {
  /** [items] */
  readonly z: Float64Array;
  /** [items] Calibrated probabilities, as a list of the user's own would have them. */
  readonly probabilities: Float32Array;
}

/**
 * Retrieves a user's own candidates, in this process, and what they are like.
 * @param eligible [numItems], 1 where an item may be a candidate
 */
export async function ownScaleOf(
  ranker: CandidateRanker,
  model: LoadedModel,
  profile: Profile,
  eligible: Uint8Array,
): Promise<OwnScale> {
  const { recommender } = model;
  const candidates = retrieveCandidates(recommender, profile.user, eligible);
  const { logits, degradedReason } = await logitsOf(ranker, model, profile, candidates.items);
  const risks = dislikeRisks(recommender, profile.user, candidates.items);
  const scale = blendScaleOf(recommender, candidates, logits);
  const z = blendOnScale(scale, candidates, logits);
  subtractRisks(z, risks, recommender.settings);
  return {
    profile,
    items: candidates.items,
    scale,
    meanZ: z.reduce((sum, one) => sum + one, 0) / Math.max(1, z.length),
    degradedReason,
  };
}

/**
 * Scores items on the scale of a user's own candidates: of a candidate as the list without a filter does.
 * @param items rows, each once
 */
export async function scoreOnScale(
  ranker: CandidateRanker,
  model: LoadedModel,
  { profile, scale }: Pick<OwnScale, 'profile' | 'scale'>,
  items: Int32Array,
): Promise<ItemScores> {
  const { recommender } = model;
  const { user } = profile;
  const wanted = new Uint8Array(recommender.numItems);
  for (const item of items) wanted[item] = 1;
  // Retrieval among these alone: it has every feature's values of what it finds.
  const settings = { ...recommender.settings, numCandidates: items.length };
  const found = retrieveCandidates({ ...recommender, settings }, user, wanted);
  const isRanked = scale.retrieval === null;
  const { logits } = isRanked ? await logitsOf(ranker, model, profile, found.items) : { logits: null };
  const z = blendOnScale(scale, found, logits);
  subtractRisks(z, dislikeRisks(recommender, user, found.items), settings);
  return inOrder(found, items, z, calibratedScores(z, settings, isRanked));
}

/** The scores in the order of the items asked. */
function inOrder(
  found: Pick<RetrievedCandidates, 'items'>,
  items: Int32Array,
  z: Float64Array,
  probabilities: Float32Array,
): ItemScores {
  const placeOf = new Map(Array.from(found.items, (item, place) => [item, place]));
  const places = Array.from(items, (item) => placeOf.get(item) ?? -1);
  return {
    z: Float64Array.from(places, (place) => z[place] ?? -Infinity),
    probabilities: Float32Array.from(places, (place) => probabilities[place] ?? 0),
  };
}
