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
  const models = chooseModels(recipe, sizeOf(ratings), numDatasets, concurrency);
  const chosen = withSequenceFor(ratings, hasInner, models);
  logger.info({ reasons: chosen.reasons, recipe: chosen.recipe }, 'models chosen for the size of the data');
  return chosen;
}

/**
 * The same recipe without the sequence model where histories are not in this process or nothing could choose its weight, and
 * without times where there are none.
 */
function withSequenceFor({ held }: Ratings, hasInner: boolean, chosen: ChosenRecipe): ChosenRecipe {
  const { recipe, reasons } = chosen;
  const { sequence } = recipe;
  if (!sequence) return chosen;
  const without = (why: string): ChosenRecipe => ({
    recipe: { ...recipe, sequence: null },
    reasons: [...reasons, `no sequence model after all: ${why}`],
  });
  if (!held) return without('it is not fitted on a cluster');
  if (!hasInner) return without('there is no inner split to choose its weight on');
  const numUntimed = held.timestamps.reduce((sum, time) => sum + Number(Number.isNaN(time)), 0);
  if (numUntimed === 0) return chosen;
  const isAll = numUntimed === held.timestamps.length;
  return {
    recipe: { ...recipe, sequence: { ...sequence, gaps: sequence.gaps && !isAll } },
    reasons: [
      ...reasons,
      `the sequence model reads ${isAll ? 'histories' : `the ${numUntimed.toLocaleString('en')} ratings without a time`} in file order`,
    ],
  };
}
