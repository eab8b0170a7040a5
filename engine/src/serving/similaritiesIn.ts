import type { CandidateMemory } from './candidateMemory.ts';
import { addLifts, vectorShare } from './likeness.ts';
import type { SimilarityModel } from './likeness.ts';

/** Every item's similarity to one (see `similarItems`), [numItems]: a view of the kernel's memory until the next call. */
export function similaritiesIn(
  memory: CandidateMemory,
  { item2vec, popularity, neighbours }: SimilarityModel,
  itemIndex: number,
): Float32Array {
  const { arrays, run, numItems, inVectors, dense } = memory;
  const { dim } = item2vec;
  const { likenessFactors, centres, query, pairs } = arrays;
  const rows = pairs.length / 2;
  const similarities = pairs.subarray(0, numItems);
  const products = pairs.byteOffset + 4 * rows;
  similarities.fill(0);
  const share = vectorShare(popularity[itemIndex]);
  const sides = [
    { vectors: item2vec.inVectors, placed: inVectors },
    { vectors: item2vec.outVectors, placed: dense.get('item2vec') },
  ];
  sides.forEach(({ vectors, placed }, side) => {
    if (!placed) return;
    const factors = likenessFactors.subarray(side * rows);
    let less = 0;
    query.fill(0);
    for (let d = 0; d < dim; d++) {
      const centre = centres[side * dim + d];
      query[d] = share * factors[itemIndex] * (vectors[itemIndex * dim + d] - centre);
      less += query[d] * centre;
    }
    run.scoreDense(placed.address, placed.rowBytes, products);
    run.addProducts(factors.byteOffset, products, less, similarities.byteOffset);
  });
  addLifts(neighbours, itemIndex, similarities);
  return similarities;
}
