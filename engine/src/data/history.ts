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

/**
 * The weight of each entry of a history in what the user watches, oldest first, [history.length].
 *
 * Recency exp(−position / τ), the newest at position 0 (1 throughout where τ is left out), times the rating's share of
 * three stars, at most 1: a dislike says little of what is watched next, and what it says against a movie is in `dislikeRisks`.
 * Weights below 0 measured worse (docs/quality.md). 0 where the recency is below 2⁻²⁴.
 */
export function historyWeights(history: readonly HistoryEntry[], tau?: number): Float32Array {
  return recencies(history, tau).map(
    (recency, index) => recency * Math.min(1, history[index].rating / LIKED_STARS),
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
