import { FULL_RECIPE, QUICK_RECIPE } from '@pocketrocket/engine';
import type { ModelRecipe, ServedSettings } from '@pocketrocket/engine';

/** How the user's history becomes the query: all of it alike, or recent movies more. */
export const USER_VECTORS = ['mean', 'recency'] as const satisfies readonly ServedSettings['userVector'][];

/** Everything about a training run that is decided before data are seen. */
export interface Recipe extends ModelRecipe {
  name: 'quick' | 'full';
  /** Whether an inner split chooses NeuralCF's share and the kind of user vector; else the recipe's own stand. */
  isTuned: boolean;
  /** The kinds of user vector to choose from, where they are tuned. */
  userVectors: readonly ServedSettings['userVector'][];
}

const RECIPES: Record<Recipe['name'], Recipe> = {
  full: { name: 'full', isTuned: true, userVectors: USER_VECTORS, ...FULL_RECIPE },
  quick: { name: 'quick', isTuned: false, userVectors: USER_VECTORS, ...QUICK_RECIPE },
};

export function recipeNamed(name: Recipe['name']): Recipe {
  return RECIPES[name];
}
