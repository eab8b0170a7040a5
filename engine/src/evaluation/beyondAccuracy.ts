/**
 * Mean self-information of a list, −log2(share of users who know the item), in bits (Zhou et al. 2010).
 *
 * An item without interactions counts as if it had one. 0 for an empty list.
 * @param itemCounts interactions of each item, [numItems]
 * @param numUsers of all users
 */
export function novelty(list: Int32Array, itemCounts: Int32Array, numUsers: number): number {
  return meanOf(list, (itemIndex) => -Math.log2(Math.max(1, itemCounts[itemIndex]) / numUsers));
}

/**
 * Mean distance, 1 − cosine, between the pairs of a list of two and more (Smyth & McClave 2001).
 *
 * @param vectors [numItems × dim] row-major, in which items are compared; an all-zero vector is at distance 1 from all.
 */
export function intraListDiversity(list: Int32Array, vectors: Float32Array, dim: number): number {
  let sum = 0;
  for (let i = 1; i < list.length; i++) {
    for (let j = 0; j < i; j++) sum += 1 - cosine(vectors, dim, list[i], list[j]);
  }
  return sum / ((list.length * (list.length - 1)) / 2);
}

/**
 * Mean interactions of the items of a list, 0 of none. That of recommended items over that of the users' own histories, less 1, is
 * the popularity lift of recommendations (Abdollahpouri et al. 2020): 0 is unbiased.
 */
export function meanCount(list: Int32Array, itemCounts: Int32Array): number {
  return meanOf(list, (itemIndex) => itemCounts[itemIndex]);
}

function meanOf(items: Int32Array, value: (itemIndex: number) => number): number {
  return items.length === 0 ? 0 : items.reduce((sum, itemIndex) => sum + value(itemIndex), 0) / items.length;
}

function cosine(vectors: Float32Array, dim: number, a: number, b: number): number {
  let dot = 0;
  let squaredA = 0;
  let squaredB = 0;
  for (let d = 0; d < dim; d++) {
    const x = vectors[a * dim + d];
    const y = vectors[b * dim + d];
    dot += x * y;
    squaredA += x * x;
    squaredB += y * y;
  }
  return dot === 0 ? 0 : dot / Math.sqrt(squaredA * squaredB);
}
