import {
  mean,
  type FeatureWeights,
  type RankingFeature,
  type RecommenderModel,
  type ServedSettings,
} from '@pocketrocket/engine';
import type { MeasuredSplit } from '../answers/heldOut.ts';
import type { ScorerName } from '../answers/scorers.ts';
import type { Ratings } from '../ratings/ratings.ts';
import { isBetter, ndcgOf, pipelineOf } from './comparePipelines.ts';
import { tuneSettings } from './tuneSettings.ts';
import type { BatchDeps } from './userBatches.ts';

/** Shares of the blend that popularity may take instead of the chosen weights. */
const SHARES = [0.25, 0.5, 0.75, 0.9, 1];
/** Below this many interactions a user the data are thin: popularity may be the best that can be said. */
const THIN_INTERACTIONS_PER_USER = 3;

/** True where there may be too little of each user to learn more than what is popular. */
export function isThin({ numUsers, numRatings }: Pick<Ratings, 'numUsers' | 'numRatings'>): boolean {
  return numRatings < THIN_INTERACTIONS_PER_USER * numUsers;
}

/** True for settings that rank by popularity alone. */
export function isPopularityAlone({ rankingWeights }: Pick<ServedSettings, 'rankingWeights'>): boolean {
  return Object.entries(rankingWeights).every(([name, weight]) => name === 'popularity' || weight === 0);
}

/**
 * Lets popularity take as much of the blend as measures best, where the chosen weights are not significantly better than popularity: with
 * thin data they follow chance. Where no share is significantly better either, popularity takes all.
 * @param split on which the settings were chosen
 * @param model fitted on the split's training rows, with the chosen settings
 */
export async function leanOnPopularity(
  split: MeasuredSplit,
  model: RecommenderModel,
  deps: BatchDeps,
): Promise<ServedSettings> {
  if (split.heldOut.users.length === 0) return model.settings;
  const chosen = await ndcgOf(
    'comparing with popularity',
    split,
    model,
    { popularity: POPULARITY, chosen: pipelineOf(model.settings) },
    deps,
  );
  const popularity = await chosen('popularity');
  if (isBetter(await chosen('chosen'), popularity, split.seed)) return model.settings;
  const leaning = new Map(SHARES.map((share) => [share, leaned(model.settings, share)]));
  const mixed = [...leaning].filter(([share]) => share < 1);
  const scorers = Object.fromEntries(mixed.map(([share, settings]) => [String(share), pipelineOf(settings)]));
  const measured = await ndcgOf('comparing with popularity', split, model, scorers, deps);
  let best = { share: 1, ndcg: popularity };
  for (const [share] of mixed) {
    const ndcg = await measured(String(share));
    if (mean(ndcg) > mean(best.ndcg)) best = { share, ndcg };
  }
  const share = isBetter(best.ndcg, popularity, split.seed) ? best.share : 1;
  const settings = leaning.get(share) ?? model.settings;
  // Calibrated anew: the scores are others.
  return tuneSettings(split, { ...model, settings }, false, deps);
}

/** The settings that rank by popularity alone, calibrated on a split. */
export function popularityAlone(
  split: MeasuredSplit,
  model: RecommenderModel,
  deps: BatchDeps,
): Promise<ServedSettings> {
  return tuneSettings(split, { ...model, settings: leaned(model.settings, 1) }, false, deps);
}

/** The settings with a share of popularity in place of so much of all weights. */
function leaned(settings: ServedSettings, share: number): ServedSettings {
  return {
    ...settings,
    retrievalWeights: withPopularity(settings.retrievalWeights, share),
    rankingWeights: withPopularity(settings.rankingWeights, share),
  };
}

function withPopularity<Feature extends RankingFeature>(
  weights: FeatureWeights<Feature>,
  share: number,
): FeatureWeights<Feature> {
  const entries = Object.entries(weights) as [Feature, number][];
  const kept = entries.flatMap(([name, weight]) =>
    share === 1 ? [] : [[name, (1 - share) * weight] as const],
  );
  const mixed = Object.fromEntries(kept) as Record<string, number>;
  mixed['popularity'] = (mixed['popularity'] ?? 0) + share;
  return mixed as FeatureWeights<Feature>;
}

const POPULARITY: ScorerName = { kind: 'popularity' };
