import { isDislike } from '../data/history.ts';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import type { FoldedUser } from './foldIn.ts';

/** Evidence of an average candidate by which risks are damped. */
const DAMPING = 3;

/**
 * The probability that the user dislikes each candidate, [candidates], 0 to 1: the share of dislikes among the history's entries that
 * stand near the candidate, by their co-visitation, and among all ratings of the candidate.
 *
 * risk_i = (3m · q_i + Σ_h C[h, i] · disliked_h) / (3m + Σ_h C[h, i]), with C the co-visitation, m the mean of Σ_h C[h, i] over
 * the candidates, and q_i the candidate's damped share of dislikes; in a model of an earlier release, the user's own share.
 *
 * Source: a neighbourhood estimate (Sarwar et al., "Item-Based Collaborative Filtering Recommendation Algorithms", 2001),
 * damped by three times the evidence that a candidate has on average.
 */
export function dislikeRisks(
  { coVisitation, dislikes }: Pick<RecommenderModel, 'coVisitation' | 'dislikes' | 'numItems'>,
  { history }: Pick<FoldedUser, 'history'>,
  items: Int32Array,
): Float64Array {
  const near = new Float64Array(items.length);
  const nearDisliked = new Float64Array(items.length);
  if (coVisitation) {
    const placeOf = placesOf(items, coVisitation.numItems);
    const { offsets, items: columns, weights } = coVisitation;
    for (const { itemIndex, rating } of history) {
      const disliked = isDislike(rating);
      const end = offsets[itemIndex + 1];
      for (let entry = offsets[itemIndex]; entry < end; entry++) {
        const place = placeOf[columns[entry]];
        if (place < 0) continue;
        near[place] += weights[entry];
        if (disliked) nearDisliked[place] += weights[entry];
      }
    }
    for (const item of items) placeOf[item] = NOWHERE;
  }
  const total = near.reduce((sum, one) => sum + one, 0);
  // Not 0 where nothing is near any candidate.
  const mean = total > 0 ? total / items.length : 1;
  const damping = DAMPING * mean;
  const ownShare = shareOfDislikes(history);
  return near.map((weight, place) => {
    const prior = dislikes ? dislikes[items[place]] : ownShare;
    return (damping * prior + nearDisliked[place]) / (damping + weight);
  });
}

const NOWHERE = -1;
/** `NOWHERE` between calls: kept, as filling it for each list would take longer than what is looked up. */
let places = new Int32Array(0);

/** The place of each candidate, [at least numItems]; whoever asks sets them to `NOWHERE` again. */
function placesOf(items: Int32Array, numItems: number): Int32Array {
  if (places.length < numItems) places = new Int32Array(numItems).fill(NOWHERE);
  for (let place = 0; place < items.length; place++) places[items[place]] = place;
  return places;
}

function shareOfDislikes(history: FoldedUser['history']): number {
  return history.filter(({ rating }) => isDislike(rating)).length / Math.max(1, history.length);
}
