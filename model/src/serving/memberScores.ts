import {
  blendedScores,
  calibratedScores,
  dislikeRisks,
  retrieveCandidates,
  subtractRisks,
  type RetrievedCandidates,
  type ScoredCandidates,
} from '@pocketrocket/engine';
import type { CandidateRanker } from './candidateRanker.ts';
import type { LoadedModel } from './loadedModel.ts';
import type { Profile } from './profile.ts';
import { logitsOf } from './rank.ts';

/** A user's own candidates, which say on what scale any other item is liked. */
export interface OwnScale {
  readonly profile: Profile;
  readonly own: ScoredCandidates;
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
  const candidates = retrieveCandidates(model.recommender, profile.user, eligible);
  const { logits, degradedReason } = await logitsOf(ranker, model, profile, candidates.items);
  const own = { candidates, logits };
  const z = zOf(model, profile, own, own);
  const meanZ = z.reduce((sum, one) => sum + one, 0) / Math.max(1, z.length);
  return { profile, own, meanZ, degradedReason };
}

/**
 * Scores items on the scale of a user's own candidates.
 * @param items rows, at most as many as there are candidates
 */
export async function scoreOnScale(
  ranker: CandidateRanker,
  model: LoadedModel,
  { profile, own }: OwnScale,
  items: Int32Array,
): Promise<ItemScores> {
  const { recommender } = model;
  const wanted = new Uint8Array(recommender.numItems);
  for (const item of items) wanted[item] = 1;
  const found = retrieveCandidates(recommender, profile.user, wanted);
  const { logits } = own.logits ? await logitsOf(ranker, model, profile, found.items) : { logits: null };
  const z = zOf(model, profile, { candidates: found, logits }, own);
  return inOrder(found, items, z, calibratedScores(z, recommender.settings, logits !== null));
}

function zOf(
  { recommender }: LoadedModel,
  { user }: Profile,
  { candidates, logits }: ScoredCandidates,
  standard: ScoredCandidates,
): Float64Array {
  const z = blendedScores(recommender, candidates, logits, standard);
  subtractRisks(z, dislikeRisks(recommender, user, candidates.items), recommender.settings);
  return z;
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
