import { fitItemNeighbours, fitPopularity } from '@pocketrocket/engine';
import type { Interactions, RecommenderModel, ServedSettings } from '@pocketrocket/engine';
import type { FittedModels } from './fitModels.ts';

/** Puts the fitted models together as they are served. */
export function servedModelOf(
  interactions: Interactions,
  { item2vec, neuralCF }: FittedModels,
  settings: ServedSettings,
): RecommenderModel {
  return {
    numItems: interactions.numItems,
    item2vec,
    neuralCF,
    popularity: fitPopularity(interactions),
    neighbours: fitItemNeighbours(interactions),
    settings,
  };
}
