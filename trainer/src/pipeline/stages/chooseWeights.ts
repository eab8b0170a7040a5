import type { ChosenRecipe, RecommenderModel, RetrievalFeature, ServedSettings } from '@pocketrocket/engine';
import type { Logger, Progress } from '@pocketrocket/runtime';
import type { MeasuredSplit } from '../answers/heldOut.ts';
import type { PlannedEvaluation } from '../evaluation/planEvaluation.ts';
import { isPopularityAlone, leanOnPopularity } from '../evaluation/leanOnPopularity.ts';
import { defaultSettings, tuneSettings } from '../evaluation/tuneSettings.ts';
import { isWeighed, tuneWithSequence } from '../evaluation/tuneWithSequence.ts';
import type { FittedModels } from '../fitting/fitModels.ts';
import type { RecipeSettings } from '../fitting/recipe.ts';
import { assembleScorers } from './assembleModel.ts';

/** A split, the models fitted on it, and the recipe that they were fitted with. */
export interface FittedSplit {
  plan: PlannedEvaluation;
  outer: FittedModels;
  /** Left out where there is no inner split. */
  inner?: FittedModels;
  settings: RecipeSettings;
}

export interface ChooseWeightsDeps {
  logger: Logger;
  progress: Progress;
  signal: AbortSignal;
}

/** Puts the split's model together as it would be served; its weights are chosen on the inner split. */
export async function chooseWeights(
  { plan, outer, inner, settings: { models, isTuned } }: FittedSplit,
  { logger, ...deps }: ChooseWeightsDeps,
): Promise<RecommenderModel> {
  const { users, numHeldOut } = plan.outer.heldOut;
  if (users.length < numHeldOut)
    logger.warn({ users: users.length, of: numHeldOut }, 'so many users are asked, drawn at random');
  const defaults = defaultSettings(models);
  const modelOf = ({ ratings, facts }: MeasuredSplit, fitted: FittedModels): Promise<RecommenderModel> =>
    assembleScorers(ratings, facts, fitted, defaults);
  const outerModel = await modelOf(plan.outer, outer);
  let settings = defaults;
  const chooseOn = async (split: MeasuredSplit, model: RecommenderModel) => {
    const chosen = isTuned
      ? await tuneWithSequence(split, model, deps)
      : await tuneSettings(split, model, false, deps);
    return leanOnPopularity(split, { ...model, settings: chosen }, deps);
  };
  if (plan.inner && inner) settings = await chooseOn(plan.inner, await modelOf(plan.inner, inner));
  else if (!isTuned) settings = await chooseOn(plan.outer, outerModel);
  else logger.warn('too few ratings for an inner split: the blend is not tuned');
  logger.info({ settings }, 'blend chosen');
  return { ...outerModel, settings };
}

/** Adds to a tuned recipe's reasons what the inner split gave to movies that rise, and to the sequence model. */
export function withWeightReasons(chosen: ChosenRecipe, model: RecommenderModel): ChosenRecipe {
  const reasons = [...chosen.reasons, risingReason(model), ...sequenceReasons(model)];
  if (isPopularityAlone(model.settings))
    reasons.push('popularity alone: on held-out ratings nothing that was learnt is significantly better');
  return { ...chosen, reasons };
}

function risingReason({ rising, settings }: RecommenderModel): string {
  if (!rising) return 'no rising movies: times or years of release are unknown, or nothing recent rises';
  const shares = sharesOf(settings, 'rising');
  return shares ? `rising movies have ${shares}` : 'no rising movies: the inner split gives them no weight';
}

function sequenceReasons({ sequence, settings }: RecommenderModel): string[] {
  if (!sequence) return [];
  const shares = sharesOf(settings, 'sequence');
  return [
    shares
      ? `the sequence model has ${shares}`
      : 'the sequence model is left out of what serves: on the inner split the blend gains nothing by it, or no more than by chance',
  ];
}

/** A feature's shares in words; null where it has none. */
function sharesOf(settings: ServedSettings, feature: RetrievalFeature): string | null {
  if (!isWeighed(settings, feature)) return null;
  const { retrievalWeights, rankingWeights } = settings;
  return `${percent(retrievalWeights[feature] ?? 0)} of retrieval's weights and ${percent(rankingWeights[feature] ?? 0)} of the ranking's`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
