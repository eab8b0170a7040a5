import { topK } from '../topK.ts';
import type { Candidates } from '../topK.ts';
import type { RecommenderModel } from './servedModel.ts';

/**
 * The `numCandidates` eligible items of largest inner product with the user's vector, or all where there are fewer.
 * @param userVector [dim]
 * @param eligible [numItems], 0 where the item must not be proposed; all may be where it is left out
 */
export function retrieveCandidates(
  { item2vec, settings }: Pick<RecommenderModel, 'item2vec' | 'settings'>,
  userVector: Float32Array,
  eligible?: Uint8Array,
): Candidates {
  return topK(userVector, item2vec.outVectors, item2vec.dim, settings.numCandidates, eligible);
}
