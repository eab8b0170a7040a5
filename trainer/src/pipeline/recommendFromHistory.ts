import {
  foldIn,
  neuralCFLogits,
  rankCandidates,
  retrieveCandidates,
  type Candidates,
  type FoldedUser,
  type HistoryEntry,
  type RecommenderModel,
  type RetrievedCandidates,
} from '@pocketrocket/engine';

/** A list and what it was made from. */
export interface RankedHistory {
  user: FoldedUser;
  candidates: RetrievedCandidates;
  /** Best first. */
  ranked: Candidates;
}

/**
 * The served steps in a row, for a history that is not empty; what is in it is not proposed.
 * @param userIndex the user's row among those known at training; null where there is none
 */
export function recommendFromHistory(
  model: RecommenderModel,
  userIndex: number | null,
  history: readonly HistoryEntry[],
): RankedHistory {
  const eligible = new Uint8Array(model.numItems).fill(1);
  for (const { itemIndex } of history) eligible[itemIndex] = 0;
  const user = foldIn(model, history, userIndex);
  const candidates = retrieveCandidates(model, user, eligible);
  const logits = neuralCFLogits(model, user, candidates.items);
  return { user, candidates, ranked: rankCandidates(model, candidates, logits) };
}
