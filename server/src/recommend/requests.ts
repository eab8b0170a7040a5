import type { MovieFilter, RatingInput, RecommendationConnection } from '@pocketrocket/schema';
import { checkDiversity, checkFirst, refuse } from '../services/arguments.ts';
import { resolveFilter, type ResolvedFilter } from '../services/movieFilter.ts';
import { modelFor } from '../services/modelFor.ts';
import type { RequestScope } from '../services/requestScope.ts';
import { checkTaste } from './givenTaste.ts';
import { toPage } from './page.ts';
import { createPinnedLists, decodeListCursor, digestOf, type PinnedLists } from './pinnedLists.ts';
import { recommend, type RecommendDeps } from './recommend.ts';

/** What the recommending fields need: the five steps' dependencies, and the lists that pages continue. */
export interface RecommendingDeps extends RecommendDeps {
  pinned: PinnedLists;
}

export function createRecommendingDeps(deps: RecommendDeps): RecommendingDeps {
  return { ...deps, pinned: createPinnedLists() };
}

/** What every list of recommendations is asked with. */
interface ListArguments {
  first: number;
  filter: MovieFilter | null | undefined;
  diversity: number;
}

/**
 * A page of a user's recommendations. Later pages continue the list that the first one began.
 * @throws AppError BAD_USER_INPUT for arguments out of range, and for a cursor whose list is no longer kept
 */
export async function recommendToUser(
  deps: RecommendingDeps,
  scope: RequestScope,
  { userId, after, ...asked }: ListArguments & { userId: number; after: string | null | undefined },
): Promise<RecommendationConnection> {
  const filter = checkArguments(deps, asked);
  const question = digestOf(userId, filter, asked.diversity);
  const cursor = typeof after === 'string' ? decodeListCursor(after, question) : null;
  const start = cursor ? cursor.place + 1 : 0;
  const begun = cursor && deps.pinned.get(cursor.list);
  if (cursor && begun)
    return toPage(scope, begun, { question, list: cursor.list, start, first: asked.first });

  const rated = await scope.historyOfUser.load(userId);
  const catalogue = deps.catalogue.current();
  const { model, problem } = modelFor(catalogue, deps.models.state());
  const modelIdentity = [model?.version, model?.manifest.createdAt, problem];
  const whole = digestOf(question, modelIdentity, catalogue.dataset?.identity, rated);
  // A list that was less than it should be is continued, but never begun again: by now it may be whole.
  const degraded = digestOf(whole, 'degraded');
  const served =
    deps.pinned.get(whole) ?? (await recommend(deps, { userId, rated, filter, diversity: asked.diversity }));
  const list = served.degradedReason === null ? whole : degraded;
  if (cursor && cursor.list !== list)
    refuse('the list that after continues is no longer kept; begin again without after');
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
  const rated = checkTaste(ratings, deps.catalogue.current());
  const served = await recommend(deps, { userId: null, rated, filter, diversity: asked.diversity });
  const question = digestOf(null, filter, asked.diversity);
  return toPage(scope, served, { question, list: digestOf(question, rated), start: 0, first: asked.first });
}

function checkArguments(
  { catalogue }: RecommendDeps,
  { first, filter, diversity }: ListArguments,
): ResolvedFilter {
  checkFirst(first);
  checkDiversity(diversity);
  return resolveFilter(filter, catalogue.current());
}
