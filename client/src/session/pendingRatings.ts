import * as v from 'valibot';
import { useSharedState } from '../state/sharedState.ts';
import { browserStorage, readJson, storedState } from '../state/storedState.ts';

const PendingSchema = v.object({
  userId: v.number(),
  ratings: v.array(
    v.object({
      movieId: v.number(),
      title: v.string(),
      /** Null where the rating was taken back. */
      rating: v.nullable(v.number()),
      /** ISO 8601: when it was given, which is not when it is sent. */
      ratedAt: v.string(),
    }),
  ),
});

/** Ratings that could not be sent yet, and whose they are; each film once. */
export type PendingRatings = v.InferOutput<typeof PendingSchema>;
export type PendingRating = PendingRatings['ratings'][number];

const NONE: PendingRatings = { userId: 0, ratings: [] };

/** Holds them for all tabs, and for the next visit. */
export function createPendingRatings(storage: Storage | null) {
  const state = storedState<PendingRatings>({
    key: 'pocketrocket.pending',
    storage,
    parse: (stored) => readJson(PendingSchema, stored) ?? NONE,
    format: (pending) => (pending.ratings.length === 0 ? null : JSON.stringify(pending)),
  });
  const of = (userId: number): readonly PendingRating[] => {
    const pending = state.get();
    return pending.userId === userId ? pending.ratings : NONE.ratings;
  };
  return {
    ...state,
    of,
    /** The one of a film, where there is one. */
    ofFilm: (userId: number, movieId: number): PendingRating | undefined =>
      of(userId).find((rating) => rating.movieId === movieId),
    /** Keeps a rating in the place of an earlier one of the same film. */
    add: (userId: number, rating: PendingRating) => {
      const others = of(userId).filter(({ movieId }) => movieId !== rating.movieId);
      state.set({ userId, ratings: [...others, rating] });
    },
    /** Forgets a rating that was sent; a newer one of the same film stays, and so do another account's. */
    remove: (userId: number, sent: PendingRating) => {
      const pending = state.get();
      if (pending.userId !== userId) return;
      const ratings = pending.ratings.filter(
        ({ movieId, ratedAt }) => movieId !== sent.movieId || ratedAt !== sent.ratedAt,
      );
      state.set({ userId, ratings });
    },
    /** Forgets all; returns how many were never sent. */
    drop: (): number => {
      const { length } = state.get().ratings;
      state.set(NONE);
      return length;
    },
  };
}

export const pendingRatings = createPendingRatings(browserStorage());

export const usePendingRatings = (): PendingRatings => useSharedState(pendingRatings, NONE);
