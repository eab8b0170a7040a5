/** How many ratings at the data set's mean every movie is credited with in `weightedRating`. */
export const PRIOR_RATING_COUNT = 20;

/**
 * Damped mean rating in stars: (Σ ratings + k·m) / (n + k), with k `PRIOR_RATING_COUNT` and m the mean of the data set.
 * Without damping a movie with a single five-star rating would lead every list.
 */
export function weightedRating(ratingCount: number, halfStarSum: number, meanRating: number): number {
  return (halfStarSum / 2 + PRIOR_RATING_COUNT * meanRating) / (ratingCount + PRIOR_RATING_COUNT);
}

/** A title as lists sort and searches compare it: lower case, without accents, punctuation and a leading English article. */
export function toSortTitle(title: string): string {
  const folded = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return folded.replace(/^(the|an|a) (?=.)/, '') || title.toLowerCase();
}
