/**
 * Spearman's rank correlation of two scorings of the same items: Pearson's correlation of their ranks, equal scores sharing the mean
 * of the ranks that they take (Spearman 1904; Kendall & Gibbons 1990 for ties). 1 for the same order, −1 for the reverse.
 *
 * @param a [n]
 * @param b [n]
 * @returns NaN where one of them has the same score for all, or a score that is not a number
 * @throws RangeError when they are not of the same length
 */
export function rankCorrelation(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} scores against ${b.length}`);
  const ranksA = meanRanks(a);
  const ranksB = meanRanks(b);
  // Of ranks 0 … n − 1, shared or not.
  const mean = (a.length - 1) / 2;
  let covariance = 0;
  let varianceA = 0;
  let varianceB = 0;
  for (let i = 0; i < a.length; i++) {
    const ofA = ranksA[i] - mean;
    const ofB = ranksB[i] - mean;
    covariance += ofA * ofB;
    varianceA += ofA * ofA;
    varianceB += ofB * ofB;
  }
  return covariance / Math.sqrt(varianceA * varianceB);
}

/** 0-based ranks by ascending score, equal scores sharing their mean; [n]. */
function meanRanks(scores: Float32Array): Float64Array {
  const order = Int32Array.from(scores, (_, index) => index).sort((i, j) => scores[i] - scores[j]);
  const ranks = new Float64Array(scores.length);
  let start = 0;
  while (start < order.length) {
    if (Number.isNaN(scores[order[start]])) return ranks.fill(Number.NaN);
    let end = start + 1;
    while (end < order.length && scores[order[end]] === scores[order[start]]) end++;
    for (let place = start; place < end; place++) ranks[order[place]] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}
