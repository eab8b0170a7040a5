import { explainCandidate } from '@pocketrocket/engine';
import type { LoadedModel } from '../model/modelProvider.ts';
import type { Candidates } from './backends.ts';
import type { Profile } from './profile.ts';
import type { Reason } from './servedList.ts';

const MAX_REASONS = 3;

/** Step 5: the rated movies whose terms in the candidate's standardised score are largest; only what speaks for it. */
export function explain(
  { recommender, items }: LoadedModel,
  { history, weights }: Profile,
  candidates: Candidates,
  itemIndex: number,
): Reason[] {
  const terms = explainCandidate(recommender, history, weights, candidates, itemIndex);
  return history
    .map((entry, position) => ({
      movieId: items.externalId(entry.itemIndex),
      weight: terms[position] ?? 0,
    }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.movieId - b.movieId)
    .slice(0, MAX_REASONS);
}
