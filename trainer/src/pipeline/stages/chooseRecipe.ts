import type { ChosenRecipe, Interactions } from '@pocketrocket/engine';
import type { Logger } from '@pocketrocket/runtime';
import { sizeOf } from '../evaluation/planEvaluation.ts';
import { chooseModels } from '../fitting/recipe.ts';
import type { Recipe } from '../fitting/recipe.ts';

export interface RecipeInput {
  recipe: Recipe;
  /** The data by whose size models and settings are chosen. */
  interactions: Interactions;
  /** Number of data sets that are fitted within the recipe's budget. */
  numDatasets: number;
}

/** Chooses models and settings for the size of the data, and logs why. */
export function chooseRecipe(
  { recipe, interactions, numDatasets }: RecipeInput,
  { logger }: { logger: Logger },
): ChosenRecipe {
  const chosen = chooseModels(recipe, sizeOf(interactions), numDatasets);
  logger.info({ reasons: chosen.reasons, recipe: chosen.recipe }, 'models chosen for the size of the data');
  return chosen;
}
