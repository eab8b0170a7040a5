import type { ItemMixture } from '../data/itemMixture.ts';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import { PARTS } from '../features/registry.ts';

/**
 * The model with further items behind its own, each a mixture of known ones in every part: every feature of a new item is
 * the mean of its neighbours' features, so that it is proposed to those who are proposed films like it.
 *
 * @returns the model itself where nothing is added
 */
export function withNewItems(model: RecommenderModel, mixtures: readonly ItemMixture[]): RecommenderModel {
  if (mixtures.length === 0) return model;
  const numItems = model.numItems + mixtures.length;
  const held = PARTS.map((part) => part.withNewItems(model, mixtures, numItems));
  return Object.assign({}, model, { numItems }, ...held) as RecommenderModel;
}
