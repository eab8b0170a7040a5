import { rankCandidates, retrieveCandidates, type Candidates } from '@pocketrocket/engine';
import type { LoadedModel } from '../model/modelProvider.ts';

/** Finds the items nearest to a user. */
export interface VectorStore {
  /**
   * The best `settings.numCandidates` eligible items by inner product, or all that are eligible where there are fewer.
   * @param userVector [dim]
   * @param eligible [numItems], 1 where the item may be proposed
   */
  nearest(model: LoadedModel, userVector: Float32Array, eligible: Uint8Array): Promise<Candidates>;
}

/** Orders candidates for a user. */
export interface CandidateRanker {
  /**
   * The same candidates, best first, with scores in (0, 1).
   * @param userIndex the user's dense row in the model; null where the model does not know the user
   */
  rank(model: LoadedModel, userIndex: number | null, candidates: Candidates): Promise<Candidates>;
}

/** Exact search in this process. */
export const inProcessVectorStore: VectorStore = {
  nearest: async ({ recommender }, userVector, eligible) =>
    retrieveCandidates(recommender, userVector, eligible),
};

/** NeuralCF blended with the candidate stage, in this process. */
export const inProcessRanker: CandidateRanker = {
  rank: async ({ recommender }, userIndex, candidates) => rankCandidates(recommender, userIndex, candidates),
};
