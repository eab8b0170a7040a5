import { blendCases, chooseBlend, IDENTITY_CALIBRATION, ndcgAtK } from '@pocketrocket/engine';
import type { ServedSettings } from '@pocketrocket/engine';
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
 * Chooses the kind of user vector and NeuralCF's share by nDCG@10 on the task, where the recipe leaves them open, and
 * calibrates the scores on it. Of equally good choices the first stands.
 * @param task the inner split; a recipe that leaves nothing open may be calibrated on the holdout itself, which moves no rank
 */
export function tuneSettings(task: PreparedTask, fitted: FittedModels, recipe: Recipe): ServedSettings {
  const defaults = defaultSettings(recipe);
  const { interactions } = task;
  const weights = recipe.isTuned ? NEURAL_CF_WEIGHTS : [defaults.neuralCFWeight];
  const userVectors = recipe.isTuned ? recipe.userVectors : [defaults.userVector];
  let best = { settings: defaults, metric: -Infinity };
  for (const userVector of userVectors) {
    const settings = { ...defaults, userVector };
    const cases = blendCases(task.cases, servedModelOf(interactions, fitted, settings), interactions);
    const { neuralCFWeight, calibration, metricByWeight } = chooseBlend(cases, weights, (ranks) =>
      ndcgAtK(ranks, 10),
    );
    const metric = metricByWeight.get(neuralCFWeight) ?? 0;
    if (metric > best.metric) best = { settings: { ...settings, neuralCFWeight, calibration }, metric };
  }
  return best.settings;
}
