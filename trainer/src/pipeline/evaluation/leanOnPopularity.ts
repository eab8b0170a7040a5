import {
  evaluateScorer,
  mean,
  metricPerCase,
  ModelScorers,
  ndcgAtK,
  pairedBootstrapInterval,
  seededRandom,
  type EvaluationOutcome,
  type FeatureWeights,
  type RankingFeature,
  type RecommenderModel,
  type ServedSettings,
} from '@pocketrocket/engine';
import type { PreparedTask } from './evaluationTask.ts';
import { tuneSettings } from './tuneSettings.ts';
import { inUserBatches } from './userBatches.ts';
import type { BatchDeps } from './userBatches.ts';

/** Shares of the blend that popularity may take instead of the chosen weights. */
const SHARES = [0.25, 0.5, 0.75, 0.9, 1];
/** Below this many interactions a user the data are thin: popularity may be the best that can be said. */
const THIN_INTERACTIONS_PER_USER = 3;
const TOP = 10;

/** True where there may be too little of each user to learn more than what is popular. */
export function isThin({
  numUsers,
  itemIndices,
}: {
  numUsers: number;
  itemIndices: ArrayLike<number>;
}): boolean {
  return itemIndices.length < THIN_INTERACTIONS_PER_USER * numUsers;
}

/** True for settings that rank by popularity alone. */
export function isPopularityAlone({ rankingWeights }: Pick<ServedSettings, 'rankingWeights'>): boolean {
  return Object.entries(rankingWeights).every(([name, weight]) => name === 'popularity' || weight === 0);
}

/**
 * Lets popularity take as much of the blend as measures best, where the chosen weights are not significantly better than popularity: with
 * thin data they follow chance. Where no share is significantly better either, popularity takes all.
 * @param task the split on which the settings were chosen
 * @param model fitted on the task's training rows, with the chosen settings
 */
export async function leanOnPopularity(
  task: PreparedTask,
  model: RecommenderModel,
  deps: BatchDeps,
): Promise<ServedSettings> {
  if (task.cases.length === 0) return model.settings;
  const leaning = new Map(SHARES.map((share) => [share, leaned(model.settings, share)]));
  const popularity = await ndcgOf(task, model, null, deps);
  if (isBetter(await ndcgOf(task, model, model.settings, deps), popularity, task.seed)) return model.settings;
  let best = { share: 1, ndcg: popularity };
  for (const [share, settings] of leaning) {
    const ndcg = share === 1 ? popularity : await ndcgOf(task, model, settings, deps);
    if (mean(ndcg) > mean(best.ndcg)) best = { share, ndcg };
  }
  const share = isBetter(best.ndcg, popularity, task.seed) ? best.share : 1;
  const settings = leaning.get(share) ?? model.settings;
  // Calibrated anew: the scores are others.
  return tuneSettings(task, { ...model, settings }, false, deps);
}

/** The settings that rank by popularity alone, calibrated on a split. */
export function popularityAlone(
  task: PreparedTask,
  model: RecommenderModel,
  deps: BatchDeps,
): Promise<ServedSettings> {
  return tuneSettings(task, { ...model, settings: leaned(model.settings, 1) }, false, deps);
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

/** nDCG@10 of each user, [cases]. @param settings null for popularity itself */
async function ndcgOf(
  task: PreparedTask,
  model: RecommenderModel,
  settings: ServedSettings | null,
  deps: BatchDeps,
): Promise<Float64Array> {
  const scorers = new ModelScorers(model, task.interactions);
  const scorer = settings === null ? scorers.popularity : scorers.pipeline(settings);
  const outcomes: EvaluationOutcome[] = [];
  await inUserBatches(
    'comparing with popularity',
    task.cases,
    (some) => outcomes.push(...evaluateScorer(some, task.interactions, scorer, TOP)),
    deps,
  );
  return metricPerCase(outcomes, (ranks) => ndcgAtK(ranks, TOP));
}

function isBetter(one: Float64Array, other: Float64Array, seed: number): boolean {
  return mean(one) > mean(other) && pairedBootstrapInterval(one, other, seededRandom(seed)).low > 0;
}
