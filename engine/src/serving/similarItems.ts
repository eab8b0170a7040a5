import type { RecommenderModel } from '../features/recommenderModel.ts';
import { topK } from '../search/topK.ts';
import type { Candidates } from '../search/topK.ts';

type SimilarityModel = Pick<RecommenderModel, 'numItems' | 'item2vec' | 'popularity' | 'neighbours'>;

/** Share of the lift in a similarity; the vectors have the rest, and speak for items whose users never met. */
const LIFT_SHARE = 0.98;

/**
 * The k eligible items most like one item, most alike first, without the item itself; similarities in [−0.02, 1].
 *
 * Similarity is 0.98 · lift (see fitItemNeighbours) + 0.02 · cosine, that of IN and OUT vectors side by side,
 * both relative to those of the average interaction (a direction that all popular items share says nothing about similarity),
 * times the item's damped popularity: the vectors of rare items are mostly noise.
 * @param eligible [numItems], 0 where the item must not be returned
 */
export function similarItems(
  model: SimilarityModel,
  itemIndex: number,
  k: number,
  eligible?: Uint8Array,
): Candidates {
  const { numItems, popularity, neighbours } = model;
  const vectors = likenessVectors(model);
  const width = vectors.length / numItems;
  const mask = eligible?.slice() ?? new Uint8Array(numItems).fill(1);
  mask[itemIndex] = 0;
  // Damping belongs to what is found, not to what is asked.
  const scale = (1 - LIFT_SHARE) / (popularity[itemIndex] > 0 ? popularity[itemIndex] : 1);
  const similarities = new Float32Array(numItems);
  for (let item = 0; item < numItems; item++) {
    let product = 0;
    for (let c = 0; c < width; c++) product += vectors[itemIndex * width + c] * vectors[item * width + c];
    similarities[item] = scale * product;
  }
  const first = itemIndex * neighbours.numNeighbours;
  for (let at = first; at < first + neighbours.numNeighbours && neighbours.items[at] >= 0; at++) {
    similarities[neighbours.items[at]] += LIFT_SHARE * neighbours.lifts[at];
  }
  return topK(Float32Array.of(1), similarities, 1, k, mask);
}

/** A model's vectors never change, so that one pass over them serves every question. */
const cache = new WeakMap<Float32Array, Float32Array>();

/** Makes vectors that another thread computed those of a model whose IN vectors are given. */
export function openLikeness(inVectors: Float32Array, likeness: Float32Array): void {
  cache.set(inVectors, likeness);
}

/** [numItems × 2·dim]: rows of length ≤ 1, whose inner products are similarities. */
export function likenessVectors({ numItems, item2vec, popularity }: SimilarityModel): Float32Array {
  const cached = cache.get(item2vec.inVectors);
  if (cached) return cached;
  const { dim, inVectors, outVectors } = item2vec;
  const width = 2 * dim;
  const rows = new Float32Array(numItems * width);
  addCentred(rows, 0, inVectors, item2vec.dim, popularity);
  addCentred(rows, dim, outVectors, item2vec.dim, popularity);
  for (let item = 0; item < numItems; item++) {
    for (let c = 0; c < width; c++) rows[item * width + c] *= popularity[item] / Math.SQRT2;
  }
  cache.set(inVectors, rows);
  return rows;
}

/** Writes each row of `vectors`, less their mean over interactions and scaled to length 1, from `column` on. */
function addCentred(
  rows: Float32Array,
  column: number,
  vectors: Float32Array,
  dim: number,
  popularity: Float32Array,
): void {
  const mean = meanByInteractions(vectors, dim, popularity);
  for (let item = 0; item < popularity.length; item++) {
    let squares = 0;
    for (let d = 0; d < dim; d++) squares += (vectors[item * dim + d] - mean[d]) ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let d = 0; d < dim; d++) {
      rows[item * 2 * dim + column + d] = scale * (vectors[item * dim + d] - mean[d]);
    }
  }
}

/** [dim]; damped popularity p = n / (n + k) gives the counts back up to a factor, n ∝ p / (1 − p). */
function meanByInteractions(vectors: Float32Array, dim: number, popularity: Float32Array): Float64Array {
  const mean = new Float64Array(dim);
  let total = 0;
  for (const value of popularity) total += value / (1 - value);
  if (total === 0) return mean;
  popularity.forEach((value, item) => {
    const share = value / (1 - value) / total;
    for (let d = 0; d < dim; d++) mean[d] += share * vectors[item * dim + d];
  });
  return mean;
}
