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
}

/** Chooses models and settings for the size of the data, and logs why. */
export function chooseRecipe(
  { recipe, ratings, numDatasets }: RecipeInput,
  { logger }: { logger: Logger },
): ChosenRecipe {
  const chosen = chooseModels(recipe, sizeOf(ratings), numDatasets);
  logger.info({ reasons: chosen.reasons, recipe: chosen.recipe }, 'models chosen for the size of the data');
  return chosen;
}
