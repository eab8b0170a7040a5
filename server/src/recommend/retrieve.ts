import type { RetrievedCandidates } from '@pocketrocket/engine';
import type { LoadedModel } from '../model/modelProvider.ts';
import type { Catalogue } from '../services/catalogue.ts';
import type { ResolvedFilter } from '../services/movieFilter.ts';
import type { VectorStore } from './backends.ts';
import { eligibleItems } from './eligibleItems.ts';
import type { Profile } from './profile.ts';

/** Step 2: the nearest movies that are unseen and pass the filter. Both are masks inside the search, so that none of its places is lost. */
export async function retrieve(
  vectorStore: VectorStore,
  model: LoadedModel,
  catalogue: Catalogue,
  { profile, filter, seen }: { profile: Profile; filter: ResolvedFilter; seen: Int32Array },
): Promise<RetrievedCandidates> {
  return vectorStore.nearest(model, profile.user, eligibleItems(model, catalogue, filter, seen));
}
