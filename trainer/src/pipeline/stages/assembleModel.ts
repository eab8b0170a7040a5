import { countParts, fitItemNeighbours, fitNeuralCFFoldIn } from '@pocketrocket/engine';
import type {
  Interactions,
  ItemFacts,
  ItemNeighbours,
  RecommenderModel,
  ServedSettings,
} from '@pocketrocket/engine';
import type { FittedModels } from '../fitting/fitModels.ts';

const NO_NEIGHBOURS: ItemNeighbours = {
  numNeighbours: 0,
  items: new Int32Array(0),
  lifts: new Float32Array(0),
};

/** Puts the fitted models together as they are served. */
export function assembleModel(
  interactions: Interactions,
  facts: ItemFacts,
  fitted: FittedModels,
  settings: ServedSettings,
): RecommenderModel {
  return {
    ...assembleScorers(interactions, facts, fitted, settings),
    neighbours: fitItemNeighbours(interactions),
  };
}

/** Puts together the same without the neighbours, which only similar items need: enough to recommend and to measure. */
export function assembleScorers(
  interactions: Interactions,
  facts: ItemFacts,
  { matrixFactorization: _, ...fitted }: FittedModels,
  settings: ServedSettings,
): RecommenderModel {
  const { implicitALS, neuralCF } = fitted;
  return {
    numItems: interactions.numItems,
    ...fitted,
    ...countParts(interactions, facts),
    neuralCFFoldIn: implicitALS && fitNeuralCFFoldIn(implicitALS, neuralCF, interactions),
    neighbours: NO_NEIGHBOURS,
    settings,
  };
}
