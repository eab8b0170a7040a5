/** One interaction of the user who asks; histories are oldest first. */
export interface HistoryEntry {
  readonly itemIndex: number;
  /** Stars, 0.5 … 5. */
  readonly rating: number;
  /** Unix seconds; NaN or left out where unknown. */
  readonly timestamp?: number;
}

/** A rating below so many stars is a dislike. */
const LIKED_STARS = 3;

/** True for the rating of a film that was not liked: below three stars. */
export function isDislike(rating: number): boolean {
  return rating < LIKED_STARS;
}

/** A share of the newest entry's weight that is lost in single precision when added to it. */
const LEAST_RECENCY = 2 ** -24;

/** The weight of a dislike: it pushes away, but by less than a rating pulls that was meant well. */
const DISLIKE_WEIGHT = -0.2;

/**
 * The weight of each entry of a history in what the user likes, oldest first, [history.length].
 *
 * Recency exp(−position / τ), the newest at position 0 (1 throughout where τ is left out), times 1 for a rating of three stars
 * or more and −0.2 for a {@link isDislike | dislike}. 0 where the recency is below 2⁻²⁴.
 */
export function historyWeights(history: readonly HistoryEntry[], tau?: number): Float32Array {
  return recencies(history, tau).map((recency, index) =>
    isDislike(history[index].rating) ? DISLIKE_WEIGHT * recency : recency,
  );
}

/** The recency of each entry alone, as in {@link historyWeights}: when it was watched, liked or not. */
export function recencies(history: readonly HistoryEntry[], tau?: number): Float32Array {
  const newest = history.length - 1;
  return Float32Array.from(history, (_, index) => {
    const recency = tau === undefined ? 1 : Math.exp((index - newest) / tau);
    return recency < LEAST_RECENCY ? 0 : recency;
  });
}

/** A history that models fold in, oldest first. */
export interface FoldedHistory {
  readonly entries: readonly HistoryEntry[];
  /** [entries] dense rows. */
  readonly items: Int32Array;
  /** The weight of each entry, [entries]: {@link historyWeights}. */
  readonly weights: (tau?: number) => Float32Array;
}
