import type { Logger } from '@pocketrocket/schema/runtime';
import type { ServedSettings } from '@pocketrocket/engine';
import { hasSequences } from './checks.ts';
import { evaluateModels } from './evaluateModels.ts';
import type { Evaluation } from './evaluateModels.ts';
import { fitModels } from './fitModels.ts';
import type { FitDeps, FittedModels } from './fitModels.ts';
import type { Recipe } from './recipes.ts';
import { innerTaskOf, prepareTask } from './task.ts';
import type { EvaluationTask, PreparedTask } from './task.ts';
import { defaultSettings, tuneSettings } from './tune.ts';

export interface EvaluateDeps extends FitDeps {
  logger: Logger;
}

/** A task with the one inside it on which settings are chosen; null where the rows are too few to ask it. */
export interface PlannedEvaluation {
  outer: PreparedTask;
  inner: PreparedTask | null;
}

/** Makes a task ready, with its inner split where the recipe is tuned. */
export function planEvaluation(task: EvaluationTask, { isTuned }: Recipe): PlannedEvaluation {
  const outer = prepareTask(task);
  if (!isTuned) return { outer, inner: null };
  const inner = prepareTask(innerTaskOf(task));
  return { outer, inner: isAnswerable(inner) ? inner : null };
}

/** Whether there is something to learn from and something to find. */
export function isAnswerable({ cases, interactions }: PreparedTask): boolean {
  return cases.length > 0 && hasSequences(interactions);
}

/** Chooses settings on the inner split, then measures every model on the holdout. */
export async function chooseAndEvaluate(
  { outer, inner }: PlannedEvaluation,
  fitted: { outer: FittedModels; inner?: FittedModels },
  recipe: Recipe,
  deps: EvaluateDeps,
): Promise<{ settings: ServedSettings; evaluation: Evaluation }> {
  let settings = defaultSettings(recipe);
  if (inner && fitted.inner) settings = tuneSettings(inner, fitted.inner, recipe);
  else if (!recipe.isTuned) settings = tuneSettings(outer, fitted.outer, recipe);
  else deps.logger.warn('too few ratings for an inner split: the blend is not tuned');
  deps.logger.info({ settings }, 'blend chosen');
  return { settings, evaluation: await evaluateModels(outer, fitted.outer, settings, deps) };
}

/** Fits on the training rows and on the inner split, chooses, measures. */
export async function evaluateTask(
  task: EvaluationTask,
  recipe: Recipe,
  deps: EvaluateDeps,
): Promise<Evaluation> {
  const plan = planEvaluation(task, recipe);
  const { outer, inner } = plan;
  const fitted = await fitModels(
    { outer: outer.interactions, inner: inner?.interactions },
    recipe,
    task.seed,
    deps,
  );
  return (await chooseAndEvaluate(plan, fitted, recipe, deps)).evaluation;
}
