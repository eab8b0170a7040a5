import { foldIn, type FoldedUser } from '@pocketrocket/engine';
import { historyOf, type RatedMovie } from './history.ts';
import type { LoadedModel } from './loadedModel.ts';

/** A user in the model's terms. */
export interface Profile {
  /** Null for a taste given with the request. */
  userId: number | null;
  /** Rows of all rated movies that the model knows, oldest rating first. */
  items: Int32Array;
  /** The latest of these ratings, folded in. */
  user: FoldedUser;
}

/** Step 1: a history, oldest rating first, in every model's terms; null when the model knows none of the movies. */
export function buildProfile(
  { recommender, items, users }: LoadedModel,
  rated: readonly RatedMovie[],
  userId: number | null,
): Profile | null {
  const history = historyOf(rated, items);
  if (history.length === 0) return null;
  const userIndex = userId === null ? -1 : users.indexOf(userId);
  const user = foldIn(recommender, history, userIndex < 0 ? null : userIndex);
  const hasAll = user.items.length === history.length;
  return {
    userId,
    user,
    items: hasAll ? user.items : Int32Array.from(history, ({ itemIndex }) => itemIndex),
  };
}
