import type { RetrievedCandidates } from '@pocketrocket/engine';
import { AppError } from '@pocketrocket/runtime';
import type { LoadedModel } from './loadedModel.ts';
import type { Profile } from './profile.ts';
import { inProcessVectorStore, type AttributeFilter, type VectorStore } from './vectorStore.ts';

/** The candidates, and whether the store that was asked found them. */
export interface Retrieved {
  candidates: RetrievedCandidates;
  /** Why this process searched in place of the store that was to; null where nothing failed. */
  degradedReason: string | null;
}

/**
 * Step 2: the nearest eligible items. The mask is part of the search, so that none of the candidates' places is lost.
 * Where the store depends on something that does not answer, this process searches.
 * @param eligible [numItems], 1 where the item may be proposed
 * @param filter part of why others are not eligible
 */
export async function retrieve(
  vectorStore: VectorStore,
  model: LoadedModel,
  { user }: Profile,
  eligible: Uint8Array,
  filter?: AttributeFilter,
): Promise<Retrieved> {
  try {
    const candidates = await vectorStore.nearest(model, user, eligible, filter);
    return { candidates, degradedReason: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'UPSTREAM_UNAVAILABLE') throw error;
    const candidates = await inProcessVectorStore.nearest(model, user, eligible);
    return { candidates, degradedReason: `${error.message}; this process retrieves` };
  }
}
