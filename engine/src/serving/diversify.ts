import type { Item2Vec } from '../models/item2vec/index.ts';
import type { Candidates } from '../search/topK.ts';
import type { OrderedCandidates } from './rankCandidates.ts';

/** Share of redundancy in the objective at diversity 1: beyond it relevance hardly counts. */
const MAX_REDUNDANCY_SHARE = 0.8;

/**
 * Re-ranks so that neighbours differ: each place goes to the candidate with the best balance of relevance and novelty.
 *
 * Maximal marginal relevance (Carbonell & Goldstein 1998): (1 − λ) · relevance − λ · largest cosine to those placed
 * before, λ = 0.8 · diversity, relevance the score scaled to 0 … 1 over the candidates. A place depends only on the
 * places before it, so a larger `first` extends the same list. Each item keeps its score: they no longer descend.
 * @param candidates best first
 * @param diversity 0 leaves the list as it is, 1 spreads it most
 * @param vectors item vectors in which items are compared
 * @param first how many places to fill; fewer where there are fewer candidates
 */
export function diversify(
  candidates: Candidates,
  diversity: number,
  { vectors, dim }: { vectors: Float32Array; dim: Item2Vec['dim'] },
  first: number,
): OrderedCandidates {
  const { items, scores } = candidates;
  const numPlaces = Math.min(first, items.length);
  if (diversity === 0)
    return {
      items: items.slice(0, numPlaces),
      scores: scores.slice(0, numPlaces),
      places: Int32Array.from({ length: numPlaces }, (_, place) => place),
    };

  const lambda = MAX_REDUNDANCY_SHARE * diversity;
  const lowest = Math.min(...scores);
  const range = Math.max(...scores) - lowest || 1;
  const units = unitRows(items, vectors, dim);
  const redundancy = new Float64Array(items.length).fill(-1);
  const isPlaced = new Uint8Array(items.length);
  const order: number[] = [];
  while (order.length < numPlaces) {
    let best = -1;
    let bestValue = -Infinity;
    for (let index = 0; index < items.length; index++) {
      const value = ((1 - lambda) * (scores[index] - lowest)) / range - lambda * redundancy[index];
      if (isPlaced[index] === 0 && value > bestValue) {
        best = index;
        bestValue = value;
      }
    }
    order.push(best);
    isPlaced[best] = 1;
    for (let index = 0; index < items.length; index++) {
      if (isPlaced[index] !== 0) continue;
      let cosine = 0;
      for (let d = 0; d < dim; d++) cosine += units[index * dim + d] * units[best * dim + d];
      if (cosine > redundancy[index]) redundancy[index] = cosine;
    }
  }
  return {
    items: Int32Array.from(order, (index) => items[index]),
    scores: Float32Array.from(order, (index) => scores[index]),
    places: Int32Array.from(order),
  };
}

/** The items' vectors at length 1, [items × dim]; one without length stays as it is, and is near nothing. */
function unitRows(items: Int32Array, vectors: Float32Array, dim: number): Float64Array {
  const units = new Float64Array(items.length * dim);
  for (let index = 0; index < items.length; index++) {
    const row = items[index] * dim;
    let squares = 0;
    for (let d = 0; d < dim; d++) squares += vectors[row + d] ** 2;
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let d = 0; d < dim; d++) units[index * dim + d] = vectors[row + d] * scale;
  }
  return units;
}
