import { explainCandidates, type RetrievedCandidates } from '@pocketrocket/engine';
import type { LoadedModel } from '@pocketrocket/model';
import type { Profile } from './profile.ts';
import type { Reason } from './servedList.ts';

const MAX_REASONS = 3;

/**
 * Step 5: answers for some of the candidates which rated movies pulled each in, strongest first: those with the largest terms
 * in the sums over the history that make its score. Only what speaks for it, three at most.
 */
export function explain(
  { recommender, items }: LoadedModel,
  { user }: Profile,
  candidates: RetrievedCandidates,
): (itemIndices: readonly number[]) => Reason[][] {
  const termsOf = explainCandidates(recommender, user, candidates.items, candidates.features);
  return (itemIndices) =>
    termsOf(itemIndices).map((terms) =>
      largest(terms, MAX_REASONS).flatMap((position) => {
        const item = user.items[position];
        return item === undefined ? [] : [{ movieId: items.externalId(item), weight: terms[position] ?? 0 }];
      }),
    );
}

/** Where the largest positive values stand, at most so many, largest first; the first of equal ones. */
function largest(values: Float32Array, most: number): number[] {
  const places: number[] = [];
  for (let place = 0; place < values.length; place++) {
    const value = values[place] ?? 0;
    if (value <= 0 || (places.length === most && value <= (values[places[most - 1] ?? 0] ?? 0))) continue;
    let at = Math.min(places.length, most - 1);
    for (; at > 0 && value > (values[places[at - 1] ?? 0] ?? 0); at--) places[at] = places[at - 1] ?? 0;
    places[at] = place;
  }
  return places;
}
