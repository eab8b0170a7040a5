import {
  blendScaleOf,
  dislikeRisks,
  meanOf,
  retrieveCandidates,
  scoresOnScale,
  type BlendScale,
} from '@pocketrocket/engine';
import type { LoadedModel } from './loadedModel.ts';
import type { Profile } from './profile.ts';
import { logitsOf } from './rank.ts';
import type { RecommendPorts } from './recommend.ts';
import { retrieve } from './retrieve.ts';

/**
 * The scale of a user's scores, by the candidates of the list without a filter.
 * @param eligible [numItems], 1 where the item may be proposed
 * @returns with `isWhole` false where something did not answer that the list depends on: the scale may be another one then
 */
export async function scaleOfUser(
  { vectorStore, ranker }: RecommendPorts,
  model: LoadedModel,
  profile: Profile,
  eligible: Uint8Array,
): Promise<{ scale: BlendScale; isWhole: boolean }> {
  const { candidates, degradedReason } = await retrieve(vectorStore, model, profile, eligible);
  const { logits, problem } = await logitsOf(ranker, model, profile, candidates.items);
  const risks = dislikeRisks(model.recommender, profile.user, candidates.items);
  const scale = blendScaleOf(model.recommender, candidates, logits, meanOf(risks));
  return { scale, isWhole: degradedReason === null && problem === null };
}

/**
 * Scores in (0, 1) of any items, among the candidates or not, on the user's scale, [items]: of a candidate the score that the list gives it.
 * @param items rows, each once
 */
export async function predictScores(
  { ranker }: Pick<RecommendPorts, 'ranker'>,
  model: LoadedModel,
  { profile, scale }: { profile: Profile; scale: BlendScale },
  items: Int32Array,
): Promise<Float32Array> {
  const { recommender } = model;
  const mask = new Uint8Array(recommender.numItems);
  for (const item of items) mask[item] = 1;
  const settings = { ...recommender.settings, numCandidates: items.length };
  // Retrieval among these alone: it has every feature's values of what it finds.
  const found = retrieveCandidates({ ...recommender, settings }, profile.user, mask);
  const { logits } = scale.retrieval ? { logits: null } : await logitsOf(ranker, model, profile, found.items);
  const risks = dislikeRisks(recommender, profile.user, found.items);
  const scores = scoresOnScale(recommender, scale, found, { logits, risks });
  const placeOf = new Map(Array.from(found.items, (item, place) => [item, place]));
  return Float32Array.from(items, (item) => scores[placeOf.get(item) ?? -1] ?? NaN);
}
