import {
  neuralCFLogits,
  retrieveCandidates,
  type FoldedUser,
  type RetrievedCandidates,
} from '@pocketrocket/engine';
import type { LoadedModel } from '@pocketrocket/model';
import type { Profile } from './profile.ts';

/** What a filter asks of movies, in words that stores outside of this process know too. */
export interface AttributeFilter {
  /** Any of these; all genres when empty. */
  genres: readonly string[];
  excludeGenres: readonly string[];
  yearFrom: number | null;
  yearTo: number | null;
}

/** Finds the items that a user may like. */
export interface VectorStore {
  /**
   * The best `settings.numCandidates` eligible items by the blend that retrieves, or all that are eligible where there are
   * fewer.
   * @param eligible [numItems], 1 where the item may be proposed
   * @param filter part of why others are not eligible, for stores to which the mask cannot be given
   */
  nearest(
    model: LoadedModel,
    user: FoldedUser,
    eligible: Uint8Array,
    filter?: AttributeFilter,
  ): Promise<RetrievedCandidates>;
}

/** Scores candidates by NeuralCF. */
export interface CandidateRanker {
  /**
   * NeuralCF's logit of each candidate, [items.length]; null where it cannot score this user.
   * @throws AppError UPSTREAM_UNAVAILABLE where something that it depends on does not answer
   */
  logits(model: LoadedModel, profile: Profile, items: Int32Array): Promise<Float32Array | null>;
}

/** Exact search in this process. */
export const inProcessVectorStore: VectorStore = {
  nearest: async ({ recommender }, user, eligible) => retrieveCandidates(recommender, user, eligible),
};

/** The published NeuralCF, in this process. */
export const inProcessRanker: CandidateRanker = {
  logits: async ({ recommender }, { user }, items) => neuralCFLogits(recommender, user, items),
};
