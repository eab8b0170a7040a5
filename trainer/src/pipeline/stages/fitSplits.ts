import type { ChosenRecipe } from '@pocketrocket/engine';
import type { Logger } from '@pocketrocket/runtime';
import { isThin } from '../evaluation/leanOnPopularity.ts';
import { isAnswerable } from '../evaluation/planEvaluation.ts';
import { fitModels } from '../fitting/fitModels.ts';
import type { FitDeps, FittedModels } from '../fitting/fitModels.ts';
import type { Ratings } from '../ratings/ratings.ts';
import type { TrainRequest } from '../trainingRun.ts';
import { chooseRecipe } from './chooseRecipe.ts';
import type { SplitRatings } from './splitRatings.ts';

/** The models of a run, by the ratings that they were fitted on; none where nobody needs them. */
export interface FittedSplits {
  chosen: ChosenRecipe;
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
  deps: FitDeps & { logger: Logger },
): Promise<FittedSplits> {
  const { recipe, seed, only } = request;
  const chosen = chooseRecipe({ recipe, ratings: everything, numDatasets: inner ? 3 : 2 }, deps);
  const fitted = await fitModels(
    {
      outer: isMeasured(request, everything) && isAnswerable(outer) ? outer.ratings : undefined,
      inner: inner?.ratings,
      everything: only.includes('fit') || only.includes('publish') ? everything : undefined,
    },
    chosen.recipe,
    seed,
    deps,
  );
  return { chosen, ...fitted };
}

/**
 * True unless a recipe is only published that is not tuned: the first start does not wait for a split, but where the data are so thin that
 * popularity may be better.
 */
export function isMeasured({ only, recipe }: TrainRequest, everything: Ratings): boolean {
  return only.includes('evaluate') || recipe.isTuned || isThin(everything);
}
