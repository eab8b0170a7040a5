import {
  fitItemNeighbours,
  fitNeuralCFFoldIn,
  fitPopularity,
  fitTrend,
  type Interactions,
  type ItemNeighbours,
  type RecommenderModel,
  type ServedSettings,
} from '@pocketrocket/engine';
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
  { item2vec, implicitALS, ease, coVisitation, transitions, neuralCF }: FittedModels,
  settings: ServedSettings,
): RecommenderModel {
  return {
    numItems: interactions.numItems,
    item2vec,
    implicitALS,
    ease,
    coVisitation,
    transitions,
    trend: fitTrend(interactions),
    neuralCF,
    neuralCFFoldIn: implicitALS && fitNeuralCFFoldIn(implicitALS, neuralCF, interactions),
    popularity: fitPopularity(interactions),
    neighbours: NO_NEIGHBOURS,
    settings,
  };
}
