import { neuralCFLogits } from '@pocketrocket/engine';
import type { LoadedModel } from './loadedModel.ts';
import type { Profile } from './profile.ts';

/** Scores candidates by NeuralCF. */
export interface CandidateRanker {
  /**
   * NeuralCF's logit of each candidate, [items.length]; null where it cannot score this user.
   * @throws AppError UPSTREAM_UNAVAILABLE where something that it depends on does not answer
   */
  logits(model: LoadedModel, profile: Profile, items: Int32Array): Promise<Float32Array | null>;
}

/** The published NeuralCF, in this process. */
export const inProcessRanker: CandidateRanker = {
  logits: async ({ recommender }, { user }, items) => neuralCFLogits(recommender, user, items),
};
