import { FULL_RECIPE, QUICK_RECIPE } from '@pocketrocket/engine';
import type { ModelRecipe, ServedSettings } from '@pocketrocket/engine';

/** How the user's history becomes the query: all of it alike, or recent movies more. */
export const USER_VECTORS = ['mean', 'recency'] as const satisfies readonly ServedSettings['userVector'][];

/** Everything about a training run that is decided before data are seen. */
export interface Recipe extends ModelRecipe {
  name: 'quick' | 'full';
  /** Whether an inner split chooses NeuralCF's share; else the recipe's own stands. */
  isTuned: boolean;
}

const RECIPES: Record<Recipe['name'], Recipe> = {
  full: { name: 'full', isTuned: true, ...FULL_RECIPE },
  quick: { name: 'quick', isTuned: false, ...QUICK_RECIPE },
};

export function recipeNamed(name: Recipe['name']): Recipe {
  return RECIPES[name];
}
