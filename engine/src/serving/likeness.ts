import type { RecommenderModel } from '../features/recommenderModel.ts';

/** The parts of a recommender from which similarities come. */
export type SimilarityModel = Pick<RecommenderModel, 'numItems' | 'item2vec' | 'popularity' | 'neighbours'>;

/** Share of the lift in a similarity; the vectors have the rest, and speak for items whose users never met. */
export const LIFT_SHARE = 0.98;

/** One side of item2vec, less what all popular items have in common. */
export interface Likeness {
  /** [numItems × dim] as trained. */
  readonly vectors: Float32Array;
  readonly dim: number;
  /** [dim] the vector of the average interaction. */
  readonly centre: Float64Array;
  /** [numItems] what makes vector − centre a vector of the item's damped popularity over √2 in length. */
  readonly factors: Float32Array;
}

/** IN and OUT side by side: an inner product of two items' centred, scaled vectors is the vectors' part of a similarity. */
export function likenessOf({ item2vec, popularity }: SimilarityModel): readonly [Likeness, Likeness] {
  const { dim, inVectors, outVectors } = item2vec;
  return [likenessIn(inVectors, dim, popularity), likenessIn(outVectors, dim, popularity)];
}

/**
 * Factors a similarity's part of the vectors is multiplied by, for what is asked: damping belongs to what is found, not to it.
 */
export function vectorShare(popularity: number): number {
  return (1 - LIFT_SHARE) / (popularity > 0 ? popularity : 1);
}

/** Adds the lifts of an item's neighbours to the similarities of all items, [numItems]. */
export function addLifts(
  { numNeighbours, items, lifts, added }: RecommenderModel['neighbours'],
  itemIndex: number,
  similarities: Float32Array,
): void {
  const first = itemIndex * numNeighbours;
  if (added && first >= items.length) {
    addLifts(added, itemIndex - items.length / numNeighbours, similarities);
    return;
  }
  for (let at = first; at < first + numNeighbours && items[at] >= 0; at++) {
    similarities[items[at]] += LIFT_SHARE * lifts[at];
  }
}

function likenessIn(vectors: Float32Array, dim: number, popularity: Float32Array): Likeness {
  const centre = meanByInteractions(vectors, dim, popularity);
  const factors = new Float32Array(popularity.length);
  for (let item = 0; item < popularity.length; item++) {
    let squares = 0;
    for (let d = 0; d < dim; d++) squares += (vectors[item * dim + d] - centre[d]) ** 2;
    factors[item] = squares > 0 ? popularity[item] / Math.sqrt(2 * squares) : 0;
  }
  return { vectors, dim, centre, factors };
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
