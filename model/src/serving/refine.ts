import { diversify, type OrderedCandidates } from '@pocketrocket/engine';
import type { LoadedModel } from './loadedModel.ts';

/** Step 4: the ranked candidates, reordered so that near ones do not crowd each other out; unchanged at diversity 0. */
export function refine(
  { recommender }: LoadedModel,
  ranked: OrderedCandidates,
  diversity: number,
): OrderedCandidates {
  if (diversity === 0) return ranked;
  const { outVectors, dim } = recommender.item2vec;
  const refined = diversify(ranked, diversity, { vectors: outVectors, dim }, ranked.items.length);
  return { ...refined, places: refined.places.map((place) => ranked.places[place] ?? 0) };
}
