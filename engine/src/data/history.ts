/** One interaction of the user who asks; histories are oldest first. */
export interface HistoryEntry {
  readonly itemIndex: number;
  /** Stars, 0.5 … 5. */
  readonly rating: number;
  /** Unix seconds; NaN or left out where unknown. */
  readonly timestamp?: number;
}

/** From so many stars on a movie counts as liked, and counts whole. */
const LIKED_STARS = 3;

/** A share of the newest entry's weight that single precision does not see beside it. */
const LEAST_RECENCY = 2 ** -24;

/**
 * How much each entry of a history, oldest first, counts.
 *
 * Recency exp(−position / τ), the newest at position 0 (1 throughout where τ is left out), times the rating's share of
 * three stars, at most 1: what was disliked says little, and how much something was liked no more. 0 where the recency is
 * below 2⁻²⁴. [history.length]
 */
export function historyWeights(history: readonly HistoryEntry[], tau?: number): Float32Array {
  const newest = history.length - 1;
  return Float32Array.from(history, ({ rating }, index) => {
    const recency = tau === undefined ? 1 : Math.exp((index - newest) / tau);
    return recency < LEAST_RECENCY ? 0 : recency * Math.min(1, rating / LIKED_STARS);
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
