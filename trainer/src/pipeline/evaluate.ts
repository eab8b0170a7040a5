import type { EvaluationTask } from './evaluation/evaluationTask.ts';
import { planEvaluation } from './evaluation/planEvaluation.ts';
import { heldOutItemsOf } from './answers/heldOutItems.ts';
import { fitModels } from './fitting/fitModels.ts';
import type { FitDeps } from './fitting/fitModels.ts';
import type { Recipe } from './fitting/recipe.ts';
import { chooseRecipe } from './stages/chooseRecipe.ts';
import { chooseWeights } from './stages/chooseWeights.ts';
import { measureModels } from './stages/measureModels.ts';
import type { Evaluation } from './stages/measureModels.ts';

/** Fits on the training rows and on the inner split, chooses weights there, measures every model on the holdout. */
export async function evaluate(task: EvaluationTask, recipe: Recipe, deps: FitDeps): Promise<Evaluation> {
  const plan = planEvaluation(task, recipe);
  const { outer, inner } = plan;
  const chosen = chooseRecipe(
    { recipe, ratings: outer.ratings, numDatasets: inner ? 2 : 1, hasInner: inner !== null },
    deps,
  );
  const fitted = await fitModels(
    { outer: outer.ratings, inner: inner?.ratings },
    chosen.recipe,
    task.seed,
    deps,
    inner ? await heldOutItemsOf(inner, chosen.recipe) : undefined,
  );
  const settings = { models: chosen.recipe, isTuned: recipe.isTuned };
  const model = await chooseWeights({ plan, ...fitted, settings }, deps);
  return measureModels({ split: outer, model, factorization: fitted.outer.matrixFactorization }, deps);
}
