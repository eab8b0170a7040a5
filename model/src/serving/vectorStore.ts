import { retrieveCandidates, type FoldedUser, type RetrievedCandidates } from '@pocketrocket/engine';
import type { LoadedModel } from './loadedModel.ts';

/** The part of a filter that stores outside of this process can apply themselves: attributes of movies, in words. */
export interface AttributeFilter {
  /** Any of these; all genres when empty. */
  readonly genres: readonly string[];
  readonly excludeGenres: readonly string[];
  readonly yearFrom: number | null;
  readonly yearTo: number | null;
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

/** Exact search in this process. */
export const inProcessVectorStore: VectorStore = {
  nearest: async ({ recommender }, user, eligible) => retrieveCandidates(recommender, user, eligible),
};
