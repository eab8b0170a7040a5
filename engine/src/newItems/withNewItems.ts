import { withMixedRows } from '../data/itemMixture.ts';
import type { ItemMixture } from '../data/itemMixture.ts';
import type { ItemNeighbours } from '../models/itemNeighbours/index.ts';
import type { NeuralCF } from '../models/neuralCF/index.ts';
import type { RecommenderModel } from '../serving/servedModel.ts';
import { withMixedItems } from '../sparse/mixedItems.ts';

/**
 * The model with further items behind its own, each a mixture of known ones in every part: every feature of a new item is
 * the mean of its neighbours' features, so that it is proposed to those who are proposed films like it.
 *
 * @returns the model itself where nothing is added
 */
export function withNewItems(model: RecommenderModel, mixtures: readonly ItemMixture[]): RecommenderModel {
  if (mixtures.length === 0) return model;
  const { item2vec, implicitALS, neuralCF, trend } = model;
  const numItems = model.numItems + mixtures.length;
  return {
    ...model,
    numItems,
    item2vec: {
      ...item2vec,
      numItems,
      inVectors: withMixedRows(item2vec.inVectors, item2vec.dim, mixtures),
      outVectors: withMixedRows(item2vec.outVectors, item2vec.dim, mixtures),
    },
    implicitALS: implicitALS && {
      ...implicitALS,
      numItems,
      itemVectors: withMixedRows(implicitALS.itemVectors, implicitALS.dim, mixtures),
    },
    ease: model.ease && withMixedItems(model.ease, mixtures),
    coVisitation: model.coVisitation && withMixedItems(model.coVisitation, mixtures),
    transitions: model.transitions && withMixedItems(model.transitions, mixtures),
    trend: trend && { ...trend, numItems, counts: withMixedRows(trend.counts, trend.numBins, mixtures) },
    neuralCF: neuralCF && withMixedEmbeddings(neuralCF, numItems, mixtures),
    popularity: withMixedRows(model.popularity, 1, mixtures),
    neighbours: withMixedNeighbours(model.neighbours, mixtures),
  };
}

function withMixedEmbeddings(model: NeuralCF, numItems: number, mixtures: readonly ItemMixture[]): NeuralCF {
  const { parameters, embeddingDim } = model;
  return {
    ...model,
    numItems,
    parameters: {
      ...parameters,
      itemEmbeddings: withMixedRows(parameters.itemEmbeddings, 2 * embeddingDim, mixtures),
      itemBiases: withMixedRows(parameters.itemBiases, 1, mixtures),
    },
  };
}

/** A new item's neighbours are what it is made of. */
function withMixedNeighbours(neighbours: ItemNeighbours, mixtures: readonly ItemMixture[]): ItemNeighbours {
  const { numNeighbours, items, lifts } = neighbours;
  const added = mixtures.length * numNeighbours;
  const all = {
    numNeighbours,
    items: new Int32Array(items.length + added).fill(-1),
    lifts: new Float32Array(items.length + added),
  };
  all.items.set(items);
  all.lifts.set(lifts);
  mixtures.forEach((mixture, index) => {
    const start = items.length + index * numNeighbours;
    all.items.set(mixture.items.subarray(0, numNeighbours), start);
    all.lifts.set(mixture.weights.subarray(0, numNeighbours), start);
  });
  return all;
}
