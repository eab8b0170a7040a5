import { rankCandidates, type Candidates, type RetrievedCandidates } from '@pocketrocket/engine';
import { Ranker } from '@pocketrocket/schema';
import type { LoadedModel } from '../model/modelProvider.ts';
import type { CandidateRanker } from './backends.ts';
import type { Profile } from './profile.ts';

/** A ranked list and who ranked it. */
export interface RankedCandidates extends Candidates {
  ranker: Ranker;
}

/** Step 3: the candidates in the order that the user will like them, with scores in (0, 1). NeuralCF scores, this blends. */
export async function rank(
  ranker: CandidateRanker,
  model: LoadedModel,
  profile: Profile,
  candidates: RetrievedCandidates,
): Promise<RankedCandidates> {
  const logits = await ranker.logits(model, profile, candidates.items);
  const ranked = rankCandidates(model.recommender, candidates, logits);
  return { ...ranked, ranker: logits ? Ranker.NEURAL_CF : Ranker.RETRIEVAL };
}
