import { countParts, fitItemNeighbours, fitNeuralCFFoldIn } from '@pocketrocket/engine';
import type { Interactions, ItemNeighbours, RecommenderModel, ServedSettings } from '@pocketrocket/engine';
import type { FittedModels } from './fitModels.ts';

const NO_NEIGHBOURS: ItemNeighbours = {
  numNeighbours: 0,
  items: new Int32Array(0),
  lifts: new Float32Array(0),
};

/** Puts the fitted models together as they are served. */
export function servedModelOf(
  interactions: Interactions,
  fitted: FittedModels,
  settings: ServedSettings,
): RecommenderModel {
  return {
    ...recommendingModelOf(interactions, fitted, settings),
    neighbours: fitItemNeighbours(interactions),
  };
}

/** The same without what only similar items need. */
export function recommendingModelOf(
  interactions: Interactions,
  { matrixFactorization: _, ...fitted }: FittedModels,
  settings: ServedSettings,
): RecommenderModel {
  const { implicitALS, neuralCF } = fitted;
  return {
    numItems: interactions.numItems,
    ...fitted,
    ...countParts(interactions),
    neuralCFFoldIn: implicitALS && fitNeuralCFFoldIn(implicitALS, neuralCF, interactions),
    neighbours: NO_NEIGHBOURS,
    settings,
  };
}
