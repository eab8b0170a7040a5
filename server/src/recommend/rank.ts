import type { Candidates } from '@pocketrocket/engine';
import type { LoadedModel } from '../model/modelProvider.ts';
import type { CandidateRanker } from './backends.ts';
import type { Profile } from './profile.ts';

/** Step 3: the candidates in the order that the user will like them, with scores in (0, 1). */
export async function rank(
  ranker: CandidateRanker,
  model: LoadedModel,
  { userIndex }: Profile,
  candidates: Candidates,
): Promise<Candidates> {
  return ranker.rank(model, userIndex, candidates);
}
