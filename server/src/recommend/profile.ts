import { historyWeights, userVector, type HistoryEntry } from '@pocketrocket/engine';
import type { LoadedModel } from '../model/modelProvider.ts';
import type { RatedMovie } from '../repositories/ratingRepository.ts';

/** Who asks, as the model sees it. */
export interface Profile {
  /** What the model knows of the rated movies, oldest first. */
  history: HistoryEntry[];
  /** [history.length] */
  weights: Float32Array;
  /** [dim] */
  vector: Float32Array;
  /** The user's dense row; null for users whom the ranking model does not know. */
  userIndex: number | null;
}

/** Step 1: the history in the model's terms, and the user's vector; null when the model knows none of the movies. */
export function buildProfile(
  { recommender, items, users }: LoadedModel,
  rated: readonly RatedMovie[],
  userId: number | null,
): Profile | null {
  const history = rated
    .map(({ movieId, rating }) => ({ itemIndex: items.indexOf(movieId), rating }))
    .filter(({ itemIndex }) => itemIndex >= 0);
  if (history.length === 0) return null;
  const weights = historyWeights(history, recommender.settings);
  const vector = userVector(history, weights, recommender.item2vec);
  const userRow = userId === null || !recommender.neuralCF ? -1 : users.indexOf(userId);
  return { history, weights, vector, userIndex: userRow < 0 ? null : userRow };
}
