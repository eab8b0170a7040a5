import { explainCandidates, isDislike, type RetrievedCandidates } from '@pocketrocket/engine';
import type { LoadedModel } from './loadedModel.ts';
import { placesOfLargest } from './mathematics.ts';
import type { Profile } from './profile.ts';

const MAX_REASONS = 3;

/** A rated movie that pulled a candidate in. */
export interface Reason {
  movieId: number;
  /** Its term in the sum that makes the candidate stage's part of the score; positive. */
  weight: number;
}

/**
 * Step 5: answers for some of the candidates which rated movies pulled each in, strongest first: those with the largest terms
 * in the sums over the history that make its score. Only what speaks for it and was not disliked, three at most.
 */
export function explain(
  { recommender, items }: LoadedModel,
  { user }: Profile,
  candidates: RetrievedCandidates,
): (itemIndices: readonly number[]) => Reason[][] {
  const termsOf = explainCandidates(recommender, user, candidates.items, candidates.features);
  const liked = Uint8Array.from(user.history, ({ rating }) => (isDislike(rating) ? 0 : 1));
  return (itemIndices) =>
    termsOf(itemIndices).map((terms) =>
      placesOfLargest(
        terms.map((term, position) => term * (liked[position] ?? 0)),
        MAX_REASONS,
      ).flatMap((position) => {
        const item = user.items[position];
        return item === undefined ? [] : [{ movieId: items.externalId(item), weight: terms[position] ?? 0 }];
      }),
    );
}
