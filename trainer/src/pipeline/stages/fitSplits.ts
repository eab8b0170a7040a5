import type { ChosenRecipe } from '@pocketrocket/engine';
import { isThin } from '../evaluation/leanOnPopularity.ts';
import { isAnswerable } from '../evaluation/planEvaluation.ts';
import { heldOutItemsOf } from '../answers/heldOutItems.ts';
import type { ChosenEpochs } from '../fitting/earlyStops.ts';
import { fitModels } from '../fitting/fitModels.ts';
import type { FitDeps, FittedModels } from '../fitting/fitModels.ts';
import type { Ratings } from '../ratings/ratings.ts';
import type { TrainRequest } from '../trainingRun.ts';
import { chooseRecipe } from './chooseRecipe.ts';
import type { SplitRatings } from './splitRatings.ts';

/** The models of a run, by the ratings that they were fitted on; none where nobody needs them. */
export interface FittedSplits {
  chosen: ChosenRecipe;
  /** Of the models that stopped early; the recipe has the most that they might have taken. */
  chosenEpochs: ChosenEpochs;
  outer?: FittedModels;
  inner?: FittedModels;
  everything?: FittedModels;
}

/**
 * Chooses the recipe and fits it on every split that the request needs, and on everything.
 *
 * The refit waits for nothing that the evaluation finds out, so all of them share the machine's cores.
 */
export async function fitSplits(
  { plan: { outer, inner }, everything }: SplitRatings,
  request: TrainRequest,
  deps: FitDeps,
): Promise<FittedSplits> {
  const { recipe, seed, only } = request;
  const chosen = chooseRecipe(
    { recipe, ratings: everything, numDatasets: inner ? 3 : 2, hasInner: inner !== null },
    deps,
  );
  const { chosenEpochs, ...fitted } = await fitModels(
    {
      outer: isMeasured(request, everything) && isAnswerable(outer) ? outer.ratings : undefined,
      inner: inner?.ratings,
      everything: only.includes('fit') || only.includes('publish') ? everything : undefined,
    },
    chosen.recipe,
    seed,
    deps,
    inner ? await heldOutItemsOf(inner, chosen.recipe) : undefined,
  );
  return { chosen: withChosenEpochs(chosen, chosenEpochs), chosenEpochs, ...fitted };
}

/**
 * True unless a recipe is only published that is not tuned: the first start does not wait for a split, but where the data are so thin that
 * popularity may be better.
 */
export function isMeasured({ only, recipe }: TrainRequest, everything: Ratings): boolean {
  return only.includes('evaluate') || recipe.isTuned || isThin(everything);
}

/** Adds to a recipe's reasons where fits stopped early. */
function withChosenEpochs(chosen: ChosenRecipe, epochs: ChosenEpochs): ChosenRecipe {
  const reasons = Object.entries(epochs).map(
    ([name, count]) => `${name}: ${count} epochs, after which the inner split's NDCG@10 was best`,
  );
  return { ...chosen, reasons: [...chosen.reasons, ...reasons] };
}
