/** One interaction of the user who asks; histories are oldest first. */
export interface HistoryEntry {
  readonly itemIndex: number;
  /** Stars, 0.5 … 5. */
  readonly rating: number;
  /** Unix seconds; NaN or left out where unknown. */
  readonly timestamp?: number;
}

/** A rating of at least this many stars has the full weight. */
const LIKED_STARS = 3;

/** A share of the newest entry's weight that is lost in single precision when added to it. */
const LEAST_RECENCY = 2 ** -24;

/**
 * The weight of each entry of a history, oldest first, [history.length].
 *
 * Recency exp(−position / τ), the newest at position 0 (1 throughout where τ is left out), times the rating's share of
 * three stars, at most 1: a dislike says little, and more than three stars say no more. 0 where the recency is below 2⁻²⁴.
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
