import type { HistoryEntry, IdMap } from '@pocketrocket/engine';

/** A movie with the rating that a user gave it. */
export interface RatedMovie {
  movieId: number;
  /** 0.5 to 5. */
  rating: number;
  /** Unix seconds; null or left out where unknown. */
  ratedAtSeconds?: number | null;
}

/** Ratings as the engine reads them, in their order; movies that the model does not know are left out. */
export function historyOf(rated: readonly RatedMovie[], items: IdMap): HistoryEntry[] {
  return rated
    .map(({ movieId, rating, ratedAtSeconds }): HistoryEntry => ({
      itemIndex: items.indexOf(movieId),
      rating,
      timestamp: ratedAtSeconds ?? Number.NaN,
    }))
    .filter(({ itemIndex }) => itemIndex >= 0);
}
