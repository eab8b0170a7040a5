import { isDislike } from '../data/history.ts';
import type { RecommenderModel } from '../features/recommenderModel.ts';
import type { FoldedUser } from './foldIn.ts';

/** Ratings without a dislike that each user is credited with. */
const LIKES = 5;
/** Co-visitation at the user's own share of dislikes that each candidate is credited with. */
const DAMPING = 0.3;

/**
 * The risk that the user dislikes each candidate, −ln P(not disliked), [candidates], 0 and more; all 0 for a user without a
 * dislike.
 *
 * The odds of a dislike are those of the share of dislikes among the entries that stand near the candidate, by their
 * co-visitation C, damped towards the share among all of the user's, times how many times more everyone dislikes the candidate:
 * odds_i = o_i · q_i / (1 − q_i), q_i = (d · u + Σ_h C[h, i] · disliked_h) / (d + Σ_h C[h, i]), with u the user's share of
 * dislikes, damped by five likes, d = .3, and o_i as in `fitDislikes`, 1 in a model of an earlier release.
 *
 * Source: a neighbourhood estimate (Sarwar et al., "Item-Based Collaborative Filtering Recommendation Algorithms", 2001)
 * joined with the item's own odds as in a naive Bayes classifier.
 */
export function dislikeRisks(
  { coVisitation, dislikes }: Pick<RecommenderModel, 'coVisitation' | 'dislikes' | 'numItems'>,
  { history }: Pick<FoldedUser, 'history'>,
  items: Int32Array,
): Float64Array {
  const numDisliked = history.reduce((count, { rating }) => count + Number(isDislike(rating)), 0);
  if (numDisliked === 0) return new Float64Array(items.length);
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
  const share = numDisliked / (history.length + LIKES);
  return near.map((weight, place) => {
    const disliked = DAMPING * share + nearDisliked[place];
    const odds = disliked / (DAMPING + weight - disliked);
    return Math.log1p(odds * (dislikes ? dislikes[items[place]] : 1));
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
