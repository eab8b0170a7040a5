import type { RetrievedCandidates } from '@pocketrocket/engine';
import { AppError } from '@pocketrocket/runtime';
import type { LoadedModel } from '@pocketrocket/model';
import type { Catalogue } from '../services/catalogue.ts';
import type { ResolvedFilter } from '../services/movieFilter.ts';
import { inProcessVectorStore, type AttributeFilter, type VectorStore } from './backends.ts';
import { eligibleItems } from './eligibleItems.ts';
import type { Profile } from './profile.ts';

/** What was found, and by whom. */
export interface Retrieved {
  candidates: RetrievedCandidates;
  /** Why this process searched in place of the store that was to; null where nothing failed. */
  degradedReason: string | null;
}

/**
 * Step 2: the nearest movies that are unseen and pass the filter. Both are masks inside the search, so that none of its places is
 * lost. Where the store depends on something that does not answer, this process searches.
 */
export async function retrieve(
  vectorStore: VectorStore,
  model: LoadedModel,
  catalogue: Catalogue,
  { profile, filter, seen }: { profile: Profile; filter: ResolvedFilter; seen: Int32Array },
): Promise<Retrieved> {
  const eligible = eligibleItems(model, catalogue, filter, seen);
  try {
    const candidates = await vectorStore.nearest(model, profile.user, eligible, inWords(filter, catalogue));
    return { candidates, degradedReason: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'UPSTREAM_UNAVAILABLE') throw error;
    const candidates = await inProcessVectorStore.nearest(model, profile.user, eligible);
    return { candidates, degradedReason: `${error.message}; this process retrieves` };
  }
}

function inWords(
  { genreIds, excludeGenreIds, yearFrom, yearTo }: ResolvedFilter,
  catalogue: Catalogue,
): AttributeFilter {
  const namesOf = (ids: readonly number[]) =>
    catalogue.genres.filter(({ genreId }) => ids.includes(genreId)).map(({ name }) => name);
  return { genres: namesOf(genreIds), excludeGenres: namesOf(excludeGenreIds), yearFrom, yearTo };
}
