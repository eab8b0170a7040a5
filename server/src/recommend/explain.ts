import { explainCandidates, type Candidates } from '@pocketrocket/engine';
import type { LoadedModel } from '../model/modelProvider.ts';
import type { Profile } from './profile.ts';
import type { Reason } from './servedList.ts';

const MAX_REASONS = 3;

/**
 * Step 5: answers for every candidate which rated movies pulled it in, strongest first: those with the largest terms in
 * the sums over the history that make its score. Only what speaks for it, three at most.
 */
export function explain(
  { recommender, items }: LoadedModel,
  { user }: Profile,
  candidates: Candidates,
): (itemIndex: number) => Reason[] {
  const termsOf = explainCandidates(recommender, user, candidates.items);
  return (itemIndex) =>
    Array.from(termsOf(itemIndex), (weight, position) => ({ weight, position }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MAX_REASONS)
      .flatMap(({ weight, position }) => {
        const item = user.items[position];
        return item === undefined ? [] : [{ movieId: items.externalId(item), weight }];
      });
}
