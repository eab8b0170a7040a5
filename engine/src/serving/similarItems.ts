import type { RecommenderModel } from '../features/recommenderModel.ts';
import { topK } from '../search/topK.ts';
import type { Candidates } from '../search/topK.ts';
import { candidateKernel } from './candidateKernel.ts';
import { addLifts, likenessOf, vectorShare } from './likeness.ts';
import type { Likeness, SimilarityModel } from './likeness.ts';

/**
 * The k eligible items most like one item, most alike first, without the item itself; similarities in [−0.02, 1].
 *
 * Similarity is 0.98 · lift (see fitItemNeighbours) + 0.02 · cosine, that of IN and OUT vectors side by side,
 * both relative to those of the average interaction (a direction that all popular items share says nothing about similarity),
 * times the item's damped popularity: the vectors of rare items are mostly noise.
 *
 * By the kernel `engine/kernels/candidates.ts` where it is built, else by {@link similarItemsReference}.
 * @param eligible [numItems], 0 where the item must not be returned
 */
export function similarItems(
  model: RecommenderModel,
  itemIndex: number,
  k: number,
  eligible?: Uint8Array,
): Candidates {
  const kernel = candidateKernel(model);
  if (!kernel) return similarItemsReference(model, itemIndex, k, eligible);
  return kernel.similar(model, itemIndex, k, eligible);
}

const likenesses = new WeakMap<RecommenderModel['item2vec'], readonly [Likeness, Likeness]>();

/** {@link similarItems} in plain TypeScript. */
export function similarItemsReference(
  model: SimilarityModel,
  itemIndex: number,
  k: number,
  eligible?: Uint8Array,
): Candidates {
  const { numItems, item2vec, popularity, neighbours } = model;
  let likeness = likenesses.get(item2vec);
  // A model's vectors never change, so that one pass over them serves every question.
  if (!likeness) likenesses.set(item2vec, (likeness = likenessOf(model)));
  const similarities = new Float32Array(numItems);
  const share = vectorShare(popularity[itemIndex]);
  for (const side of likeness) addInnerProducts(side, itemIndex, share, similarities);
  addLifts(neighbours, itemIndex, similarities);
  const mask = eligible?.slice() ?? new Uint8Array(numItems).fill(1);
  mask[itemIndex] = 0;
  return topK(Float32Array.of(1), similarities, 1, k, mask);
}

function addInnerProducts(
  { vectors, dim, centre, factors }: Likeness,
  itemIndex: number,
  share: number,
  out: Float32Array,
): void {
  const asked = centre.map((mean, d) => share * factors[itemIndex] * (vectors[itemIndex * dim + d] - mean));
  for (let item = 0; item < out.length; item++) {
    let product = 0;
    for (let d = 0; d < dim; d++) product += asked[d] * (vectors[item * dim + d] - centre[d]);
    out[item] += factors[item] * product;
  }
}
