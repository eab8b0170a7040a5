/**
 * Ranking metrics of one user, from the ranks of the relevant items.
 *
 * `ranks` holds the 0-based position of every relevant item among the user's candidates, ascending: see
 * {@link ranksOfRelevant}. Every metric lies in [0, 1] and is 0 for a user without a relevant item.
 */

/** 1 when at least one relevant item stands in the first k, else 0. */
export function hitRateAtK(ranks: Int32Array, k: number): number {
  return countHits(ranks, k) > 0 ? 1 : 0;
}

/** Share of the first k that is relevant: hits / k. */
export function precisionAtK(ranks: Int32Array, k: number): number {
  return countHits(ranks, k) / k;
}

/** Share of the relevant items that stands in the first k: hits / n. */
export function recallAtK(ranks: Int32Array, k: number): number {
  return ranks.length === 0 ? 0 : countHits(ranks, k) / ranks.length;
}

/**
 * Average precision of the first k over all n relevant items: Σ over hits of precision at the hit, divided by n.
 * Its mean over users is MAP@k.
 */
export function mapAtK(ranks: Int32Array, k: number): number {
  const hits = ranks.subarray(0, countHits(ranks, k));
  return hits.reduce((sum, rank, hit) => sum + (hit + 1) / (rank + 1), 0) / Math.max(1, ranks.length);
}

/** 1 where an item that the user disliked stands in the first k, else 0: its mean over users is the disliked rate. */
export function dislikedRateAtK(topItems: Int32Array, disliked: Int32Array, k: number): number {
  return topItems.subarray(0, k).some((item) => disliked.includes(item)) ? 1 : 0;
}

/**
 * Normalised discounted cumulative gain: Σ over hits of ln 2 / ln(rank + 2), divided by that of min(k, n) relevant
 * items on top (Järvelin & Kekäläinen 2002, binary relevance). With one relevant item it is its gain itself.
 */
export function ndcgAtK(ranks: Int32Array, k: number): number {
  if (ranks.length === 0) return 0;
  let gain = 0;
  for (const rank of ranks.subarray(0, countHits(ranks, k))) gain += discount(rank);
  let idealGain = 0;
  for (let rank = 0; rank < Math.min(k, ranks.length); rank++) idealGain += discount(rank);
  return gain / idealGain;
}

/**
 * Ranks of the relevant items by descending score, 0-based and ascending, ties counted pessimistically: an irrelevant
 * candidate of the same score comes first.
 *
 * @param scores the candidates' scores, the relevant ones first.
 * @param numRelevant how many of them, from the front, are relevant.
 * @throws RangeError when a score is not a number, for which no rank would be right.
 */
export function ranksOfRelevant(scores: Float32Array, numRelevant: number): Int32Array {
  const nan = scores.findIndex((score) => Number.isNaN(score));
  if (nan >= 0) throw new RangeError(`the score of candidate ${nan} is not a number`);
  const relevant = scores.slice(0, numRelevant).sort().reverse();
  const irrelevant = scores.subarray(numRelevant);

  // ranks[i] first counts the irrelevant candidates that come before relevant item i but after item i − 1.
  const ranks = new Int32Array(numRelevant);
  for (const score of irrelevant) {
    const position = firstNotAbove(relevant, score);
    if (position < numRelevant) ranks[position]++;
  }
  let irrelevantBefore = 0;
  for (let i = 0; i < numRelevant; i++) {
    irrelevantBefore += ranks[i];
    ranks[i] = irrelevantBefore + i;
  }
  return ranks;
}

/** The first position of a descending list whose value does not exceed the score. */
function firstNotAbove(descending: Float32Array, score: number): number {
  let low = 0;
  let high = descending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (descending[middle] <= score) high = middle;
    else low = middle + 1;
  }
  return low;
}

function countHits(ranks: Int32Array, k: number): number {
  const firstMiss = ranks.findIndex((rank) => rank >= k);
  return firstMiss < 0 ? ranks.length : firstMiss;
}

function discount(rank: number): number {
  return Math.LN2 / Math.log(rank + 2);
}
