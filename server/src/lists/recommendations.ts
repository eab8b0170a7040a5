import type { RecommendPorts } from '@pocketrocket/model';
import type { MovieFilter, RatingInput, RecommendationConnection } from '@pocketrocket/schema';
import { checkDiversity, checkFirst } from '../arguments/checks.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import { resolveFilter, type ResolvedFilter } from '../catalogue/movieFilter.ts';
import type { RequestScope, StoredUser } from '../loaders/requestScope.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import type { ModelProvider } from '../model/modelWatcher.ts';
import { timed } from '../timing/stepTimes.ts';
import { checkTaste } from './givenTaste.ts';
import { toPage } from './page.ts';
import {
  createPinnedLists,
  decodeListCursor,
  digestOf,
  isSameList,
  listKeyOf,
  missingList,
  type PinnedLists,
} from './pinnedLists.ts';
import { ProfileCache, profileHistory } from './profileCache.ts';
import { recommendList } from './recommendList.ts';

/** Dependencies of the recommending fields: the five steps' ports, and the lists that pages continue. */
export interface RecommendingDeps extends RecommendPorts {
  models: ModelProvider;
  catalogue: CatalogueSource;
  /** Capacity of the profile cache, in ratings of all cached users together. */
  profileRatings: number;
  pinned: PinnedLists;
  profiles: ProfileCache;
  /** Number of the API thread; 0 where there is one only. */
  thread: number;
}

export function createRecommendingDeps(
  deps: Omit<RecommendingDeps, 'pinned' | 'profiles' | 'thread'> & { thread?: number },
): RecommendingDeps {
  return { thread: 0, ...deps, pinned: createPinnedLists(), profiles: new ProfileCache(deps.profileRatings) };
}

/** Arguments of every list of recommendations. */
interface ListArguments {
  first: number;
  filter: MovieFilter | null | undefined;
  diversity: number;
}

/**
 * A page of a user's recommendations. The first one begins a list that is made for it; later pages continue that list.
 * @throws AppError BAD_USER_INPUT for arguments out of range, and for a cursor whose list is no longer kept
 */
export async function recommendToUser(
  deps: RecommendingDeps,
  scope: RequestScope,
  { user, after, ...asked }: ListArguments & { user: StoredUser; after: string | null | undefined },
): Promise<RecommendationConnection> {
  const { userId, ratingsState } = user;
  const filter = checkArguments(deps, asked);
  const question = digestOf(userId, filter, asked.diversity);
  const cursor = typeof after === 'string' ? decodeListCursor(after, question) : null;
  const start = cursor ? cursor.place + 1 : 0;
  const begun = cursor && deps.pinned.get(cursor.list);
  if (cursor && begun)
    return toPage(scope, begun, { question, list: cursor.list, start, first: asked.first });

  const catalogue = deps.catalogue.current();
  const state = modelOfCatalogue(catalogue, deps.models.state());
  const { model, problem } = state;
  const history = await timed('profile', () =>
    deps.profiles.of(model, userId, ratingsState, () => scope.historyOfUser.load(userId)),
  );
  const { diversity } = asked;
  const served = await recommendList(deps, { catalogue, state, history, filter, diversity });
  const modelIdentity = [model?.version, model?.manifest.createdAt, problem];
  // A list that was less than it should be is another one: by now it may be whole.
  const isDegraded = served.degradedReason !== null;
  const digest = digestOf(question, modelIdentity, catalogue.dataset?.identity, ratingsState, isDegraded);
  const list = listKeyOf(digest, deps.thread);
  if (cursor && !isSameList(cursor.list, list)) throw missingList(cursor.list, deps.thread);
  deps.pinned.set(list, served);
  return toPage(scope, served, { question, list, start, first: asked.first });
}

/**
 * The best page for a taste given with the request, oldest rating first.
 * @throws AppError BAD_USER_INPUT for arguments out of range
 */
export async function recommendToTaste(
  deps: RecommendingDeps,
  scope: RequestScope,
  { ratings, ...asked }: ListArguments & { ratings: readonly RatingInput[] },
): Promise<RecommendationConnection> {
  const filter = checkArguments(deps, asked);
  const catalogue = deps.catalogue.current();
  const rated = checkTaste(ratings, catalogue);
  const state = modelOfCatalogue(catalogue, deps.models.state());
  const history = profileHistory(state.model, rated, null);
  const { diversity } = asked;
  const served = await recommendList(deps, { catalogue, state, history, filter, diversity });
  const question = digestOf(null, filter, diversity);
  return toPage(scope, served, { question, list: digestOf(question, rated), start: 0, first: asked.first });
}

function checkArguments(
  { catalogue }: RecommendingDeps,
  { first, filter, diversity }: ListArguments,
): ResolvedFilter {
  checkFirst(first);
  checkDiversity(diversity);
  return resolveFilter(filter, catalogue.current());
}
