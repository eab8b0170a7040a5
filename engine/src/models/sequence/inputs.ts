const { floor, log2, max, min, round } = Math;

/** Rows of the embeddings of gaps and of ratings; row 0 of either stands for what is unknown. */
export const GAP_SLOTS = 32;
export const RATING_SLOTS = 11;

/** A history as the model reads it, oldest first; all three of one length. */
export interface SequenceHistory {
  /** Dense rows. */
  readonly items: ArrayLike<number>;
  /** Stars, 0.5 … 5, NaN where unknown; all are unknown where left out. */
  readonly ratings?: ArrayLike<number>;
  /** Unix seconds, NaN where unknown; all are unknown where left out. */
  readonly timestamps?: ArrayLike<number>;
}

/** The slot of the seconds since the item before, on a logarithmic scale: 1 + ⌊log₂ (1 + seconds)⌋; 0 for NaN. */
export function gapSlot(seconds: number): number {
  if (Number.isNaN(seconds)) return 0;
  return 1 + min(GAP_SLOTS - 2, floor(log2(1 + max(0, seconds))));
}

/** The slot of a number of stars, in halves; 0 for NaN. */
export function ratingSlot(stars: number): number {
  return Number.isNaN(stars) ? 0 : min(RATING_SLOTS - 1, max(1, round(2 * stars)));
}

/** Entries of a history in the model's terms, oldest first. */
export interface SequenceTokens {
  /** [n] dense rows. */
  readonly items: Int32Array;
  /** [n] {@link gapSlot}; an entry that none precedes has 0. */
  readonly gaps: Uint8Array;
  /** [n] {@link ratingSlot} */
  readonly ratings: Uint8Array;
}

/** The latest `length` entries of a history; the first of them knows the time of the one before it. */
export function latestTokens(
  { items, ratings, timestamps }: SequenceHistory,
  length: number,
): SequenceTokens {
  const start = max(0, items.length - length);
  const n = items.length - start;
  const tokens = { items: new Int32Array(n), gaps: new Uint8Array(n), ratings: new Uint8Array(n) };
  for (let t = 0; t < n; t++) {
    const row = start + t;
    tokens.items[t] = items[row];
    tokens.gaps[t] = row > 0 && timestamps ? gapSlot(timestamps[row] - timestamps[row - 1]) : 0;
    tokens.ratings[t] = ratings ? ratingSlot(ratings[row]) : 0;
  }
  return tokens;
}
