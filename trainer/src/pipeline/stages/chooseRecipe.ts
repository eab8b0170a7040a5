import type { ChosenRecipe } from '@pocketrocket/engine';
import type { Logger } from '@pocketrocket/runtime';
import { sizeOf } from '../evaluation/planEvaluation.ts';
import { chooseModels } from '../fitting/recipe.ts';
import type { Recipe } from '../fitting/recipe.ts';
import type { Ratings } from '../ratings/ratings.ts';

export interface RecipeInput {
  recipe: Recipe;
  /** Those by whose size models and settings are chosen. */
  ratings: Ratings;
  /** Number of data sets that are fitted within the recipe's budget. */
  numDatasets: number;
  /** True where there is an inner split to choose weights on. */
  hasInner: boolean;
}

/** Chooses models and settings for the size of the data, and logs why. */
export function chooseRecipe(
  { recipe, ratings, numDatasets, hasInner }: RecipeInput,
  { logger, concurrency }: { logger: Logger; concurrency?: number },
): ChosenRecipe {
  const choose = (wanted: Recipe) => chooseModels(wanted, sizeOf(ratings), numDatasets, concurrency);
  let chosen = choose(recipe);
  if (chosen.recipe.sequence && hasInner) chosen = readingTimes(ratings, chosen);
  else if (chosen.recipe.sequence) {
    // Chosen anew: the others have the time that it would have taken.
    const { recipe: models, reasons } = choose({ ...recipe, hasSequence: false });
    const reason = 'no sequence model after all: there is no inner split to choose its weight on';
    chosen = { recipe: models, reasons: [...reasons, reason] };
  }
  logger.info({ reasons: chosen.reasons, recipe: chosen.recipe }, 'models chosen for the size of the data');
  return chosen;
}

/** The same recipe, whose sequence model reads no times where there are none. */
function readingTimes({ numRatings, numUntimed }: Ratings, chosen: ChosenRecipe): ChosenRecipe {
  const { recipe, reasons } = chosen;
  const { sequence } = recipe;
  if (!sequence || numUntimed === 0) return chosen;
  const isAll = numUntimed === numRatings;
  return {
    recipe: { ...recipe, sequence: { ...sequence, gaps: sequence.gaps && !isAll } },
    reasons: [
      ...reasons,
      `the sequence model reads ${isAll ? 'histories' : `the ${numUntimed.toLocaleString('en')} ratings without a time`} in file order`,
    ],
  };
}
