import { fitNeuralCFFoldIn } from '@pocketrocket/engine';
import type { ItemFacts, ItemNeighbours, RecommenderModel, ServedSettings } from '@pocketrocket/engine';
import { isWeighed } from '../evaluation/tuneWithSequence.ts';
import type { FittedModels } from '../fitting/fitModels.ts';
import type { Ratings } from '../ratings/ratings.ts';

const NO_NEIGHBOURS: ItemNeighbours = {
  numNeighbours: 0,
  items: new Int32Array(0),
  lifts: new Float32Array(0),
};

/** Puts the fitted models together as they are served. */
export async function assembleModel(
  ratings: Ratings,
  facts: ItemFacts,
  fitted: FittedModels,
  settings: ServedSettings,
): Promise<RecommenderModel> {
  const scorers = await assembleScorers(ratings, facts, fitted, settings);
  return {
    ...scorers,
    // Without a weight nobody would ask it.
    sequence: isWeighed(settings, 'sequence') ? scorers.sequence : null,
    neighbours: await ratings.countNeighbours(),
  };
}

/** Puts together the same without the neighbours, which only similar items need: enough to recommend and to measure. */
export async function assembleScorers(
  ratings: Ratings,
  facts: ItemFacts,
  { matrixFactorization: _, ...fitted }: FittedModels,
  settings: ServedSettings,
): Promise<RecommenderModel> {
  const { implicitALS, neuralCF } = fitted;
  const { numUsers, numItems, userCounts } = ratings;
  const histories = { numUsers, userOffsets: offsetsOf(userCounts) };
  return {
    numItems,
    ...fitted,
    ...(await ratings.countParts(facts)),
    neuralCFFoldIn: implicitALS && fitNeuralCFFoldIn(implicitALS, neuralCF, histories),
    neighbours: NO_NEIGHBOURS,
    itemMap: null,
    settings,
  };
}

/** The sum of all counts before each one, and of all. */
function offsetsOf(counts: Int32Array): Int32Array {
  const offsets = new Int32Array(counts.length + 1);
  counts.forEach((count, place) => (offsets[place + 1] = (offsets[place] ?? 0) + count));
  return offsets;
}
