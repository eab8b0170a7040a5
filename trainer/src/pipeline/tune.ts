import { blendCases, chooseBlend, IDENTITY_CALIBRATION, ndcgAtK } from '@pocketrocket/engine';
import type { RecommenderModel, ServedSettings } from '@pocketrocket/engine';
import type { Recipe } from './recipes.ts';
import { servedModelOf } from './servedModel.ts';
import type { FittedModels } from './fitModels.ts';
import type { PreparedTask } from './task.ts';

/** Shares of NeuralCF that are tried: it always has a say. */
const NEURAL_CF_WEIGHTS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/** What is served where nothing could be tuned. */
export function defaultSettings({ serving }: Recipe): ServedSettings {
  return { ...serving, calibration: { ranked: IDENTITY_CALIBRATION, retrieval: IDENTITY_CALIBRATION } };
}

/**
 * Chooses NeuralCF's share by nDCG@10 on the task, where the recipe leaves it open, and calibrates the scores on it.
 * @param task the inner split; a recipe that fixes the share may be calibrated on the holdout itself, which moves no rank
 */
export function tuneSettings(task: PreparedTask, fitted: FittedModels, recipe: Recipe): ServedSettings {
  const settings = defaultSettings(recipe);
  const model: RecommenderModel = servedModelOf(task.interactions, fitted, settings);
  const cases = blendCases(task.cases, model, task.interactions);
  const weights = recipe.isTuned ? NEURAL_CF_WEIGHTS : [settings.neuralCFWeight];
  const { neuralCFWeight, calibration } = chooseBlend(cases, weights, (ranks) => ndcgAtK(ranks, 10));
  return { ...settings, neuralCFWeight, calibration };
}
