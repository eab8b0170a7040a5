import { foldIn, type FoldedUser, type HistoryEntry } from '@pocketrocket/engine';
import type { LoadedModel } from '../model/modelProvider.ts';
import type { RatedMovie } from '../repositories/ratingRepository.ts';

/** Who asks, as the model sees it. */
export interface Profile {
  /** Null for a taste given with the request. */
  userId: number | null;
  /** What the model knows of the rated movies, folded in. */
  user: FoldedUser;
}

/** Step 1: the history in every model's terms; null when the model knows none of the movies. */
export function buildProfile(
  { recommender, items, users }: LoadedModel,
  rated: readonly RatedMovie[],
  userId: number | null,
): Profile | null {
  const history = rated
    .map(({ movieId, rating, ratedAtSeconds }): HistoryEntry => ({
      itemIndex: items.indexOf(movieId),
      rating,
      timestamp: ratedAtSeconds ?? Number.NaN,
    }))
    .filter(({ itemIndex }) => itemIndex >= 0);
  if (history.length === 0) return null;
  const userIndex = userId === null ? -1 : users.indexOf(userId);
  return { userId, user: foldIn(recommender, history, userIndex < 0 ? null : userIndex) };
}
