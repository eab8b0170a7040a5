import type { Logger } from '@pocketrocket/runtime';
import type {
  DataSize,
  Interactions,
  ModelRecipe,
  RecommenderModel,
  ServedSettings,
} from '@pocketrocket/engine';
import { hasSequences } from './checks.ts';
import { evaluateModels } from './evaluateModels.ts';
import type { Evaluation } from './evaluateModels.ts';
import { fitModels } from './fitModels.ts';
import type { FitDeps, FittedModels } from './fitModels.ts';
import { sizedRecipe } from './recipes.ts';
import type { Recipe } from './recipes.ts';
import { recommendingModelOf } from './servedModel.ts';
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
export function planEvaluation(
  task: EvaluationTask,
  { isTuned }: Pick<Recipe, 'isTuned'>,
): PlannedEvaluation {
  const outer = prepareTask(task);
  if (!isTuned) return { outer, inner: null };
  const inner = prepareTask(innerTaskOf(task));
  return { outer, inner: isAnswerable(inner) ? inner : null };
}

/** Whether there is something to learn from and something to find. */
export function isAnswerable({ cases, interactions }: PreparedTask): boolean {
  return cases.length > 0 && hasSequences(interactions);
}

/** The split's model as it would be served: its settings are chosen on the inner split. */
export async function chooseModel(
  { outer, inner }: PlannedEvaluation,
  fitted: { outer: FittedModels; inner?: FittedModels },
  { recipe, isTuned }: { recipe: ModelRecipe; isTuned: boolean },
  { logger, ...deps }: Pick<EvaluateDeps, 'logger' | 'progress' | 'signal'>,
): Promise<RecommenderModel> {
  const defaults = defaultSettings(recipe);
  const modelOf = (task: PreparedTask, models: FittedModels): RecommenderModel =>
    recommendingModelOf(task.interactions, models, defaults);
  const outerModel = modelOf(outer, fitted.outer);
  let settings = defaults;
  if (inner && fitted.inner) {
    settings = await tuneSettings(inner, modelOf(inner, fitted.inner), true, deps);
  } else if (!isTuned) settings = await tuneSettings(outer, outerModel, false, deps);
  else logger.warn('too few ratings for an inner split: the blend is not tuned');
  logger.info({ settings }, 'blend chosen');
  return { ...outerModel, settings };
}

/** Chooses settings on the inner split, then measures every model on the holdout. */
export async function chooseAndEvaluate(
  plan: PlannedEvaluation,
  fitted: { outer: FittedModels; inner?: FittedModels },
  chosen: { recipe: ModelRecipe; isTuned: boolean },
  deps: EvaluateDeps,
): Promise<{ settings: ServedSettings; evaluation: Evaluation }> {
  const model = await chooseModel(plan, fitted, chosen, deps);
  const { matrixFactorization } = fitted.outer;
  const evaluation = await evaluateModels(plan.outer, model, matrixFactorization, deps);
  return { settings: model.settings, evaluation };
}

/** Fits on the training rows and on the inner split, chooses, measures. */
export async function evaluateTask(
  task: EvaluationTask,
  recipe: Recipe,
  deps: EvaluateDeps,
): Promise<Evaluation> {
  const plan = planEvaluation(task, recipe);
  const { outer, inner } = plan;
  const sized = sizedRecipe(recipe, sizeOf(outer.interactions), inner ? 2 : 1);
  deps.logger.info(
    { reasons: sized.reasons, recipe: sized.recipe },
    'models chosen for the size of the data',
  );
  const fitted = await fitModels(
    { outer: outer.interactions, inner: inner?.interactions },
    sized.recipe,
    task.seed,
    deps,
  );
  const chosen = { recipe: sized.recipe, isTuned: recipe.isTuned };
  return (await chooseAndEvaluate(plan, fitted, chosen, deps)).evaluation;
}

/** The size of interactions, by which a recipe is chosen. */
export function sizeOf({ numUsers, numItems, itemIndices }: Interactions): DataSize {
  return { users: numUsers, items: numItems, interactions: itemIndices.length };
}
