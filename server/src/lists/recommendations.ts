import type { RecommendPorts } from '@pocketrocket/model';
import type { Assignment } from '@pocketrocket/runtime';
import type { MovieFilter, RatingInput, RecommendationConnection } from '@pocketrocket/schema';
import { checkDiversity, checkFirst } from '../arguments/checks.ts';
import type { CacheBounds } from '../caches/bounds.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import { resolveFilter, type ResolvedFilter } from '../catalogue/movieFilter.ts';
import { isOfApp, isOfDataset } from '../database/externalIds.ts';
import type { Experiments } from '../experiments/experiments.ts';
import type { RequestScope, StoredUser } from '../loaders/requestScope.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import type { ModelProvider } from '../model/modelWatcher.ts';
import type { Deadline } from '../timing/deadline.ts';
import type { Turns } from '../timing/turns.ts';
import { timed } from '../timing/stepTimes.ts';
import { checkTaste } from './givenTaste.ts';
import { toPage } from './page.ts';
import { decodeListCursor, digestOf, isSameList, listKeyOf, missingList } from './listCursor.ts';
import { PinnedLists } from './pinnedLists.ts';
import { ProfileCache, profileHistory, type UserHistory } from './profileCache.ts';
import { recommendList, type ListRequest } from './recommendList.ts';
import type { ServedList } from './servedList.ts';

/** Dependencies of the recommending fields: the five steps' ports, and the lists that pages continue. */
export interface RecommendingDeps extends RecommendPorts {
  models: ModelProvider;
  catalogue: CatalogueSource;
  pinned: PinnedLists;
  profiles: ProfileCache;
  /** Null where none are set. */
  experiments: Experiments | null;
  /** Number of the API thread; 0 where there is one only. */
  thread: number;
}

export function createRecommendingDeps({
  caches,
  ...deps
}: Omit<RecommendingDeps, 'pinned' | 'profiles' | 'thread' | 'experiments'> & {
  caches: Pick<CacheBounds, 'pinnedLists' | 'profiles'>;
  thread?: number;
  experiments?: Experiments | null;
}): RecommendingDeps {
  return {
    thread: 0,
    experiments: null,
    ...deps,
    pinned: new PinnedLists(caches.pinnedLists),
    profiles: new ProfileCache(caches.profiles),
  };
}

/** Forgets all that is cached of a user: profiles, feature values and lists. */
export function forgetUser({ pinned, profiles, experiments }: RecommendingDeps, userId: number): void {
  experiments?.forget(userId);
  profiles.forget(userId);
  pinned.forget(userId);
}

/** Arguments of every list of recommendations. */
interface ListArguments {
  first: number;
  filter: MovieFilter | null | undefined;
  diversity: number;
}

interface PageOfUser {
  user: StoredUser;
  after: string | null | undefined;
  asker: Asker;
}

/** The request's side of a list: whoever asks, until when, and its part in the turns of the event loop. */
export interface Asker {
  /** A signed-in user or an address, by which shares of room are counted. */
  client: string;
  deadline: Deadline;
  turns: Turns;
}

/**
 * A page of a user's recommendations. The first one begins a list that is made for it; later pages continue that list.
 * @throws AppError BAD_USER_INPUT for arguments out of range, and for a cursor whose list is no longer kept
 */
export async function recommendToUser(
  deps: RecommendingDeps,
  scope: RequestScope,
  { user, after, asker, ...asked }: ListArguments & PageOfUser,
): Promise<RecommendationConnection> {
  const { userId, ratingsState } = user;
  const filter = checkArguments(deps, asked);
  const question = digestOf(userId, filter, asked.diversity);
  const cursor = typeof after === 'string' ? decodeListCursor(after, question) : null;
  const start = cursor ? cursor.place + 1 : 0;
  const begun = cursor && deps.pinned.get(pinKey(question, cursor.list));
  if (cursor && begun)
    return toPage(scope, begun, { question, list: cursor.list, start, first: asked.first });

  const catalogue = deps.catalogue.current();
  const state = modelOfCatalogue(catalogue, deps.models.state());
  const { model, problem } = state;
  const history = await timed('profile', () =>
    deps.profiles.of(model, userId, ratingsState, () => historyOf(scope, userId)),
  );
  await takeTurn(asker);
  const assigned = deps.experiments?.assignmentOf(userId) ?? null;
  const served = await makeList(deps, assigned, {
    ...{ catalogue, state, history, filter },
    diversity: asked.diversity,
  });
  // With its size: new movies may come into it while it serves.
  const modelIdentity = [model?.version, model?.manifest.createdAt, model?.items.size, problem];
  // A list that was less than it should be is another one: by now it may be whole.
  const isDegraded = served.degradedReason !== null;
  const digest = digestOf(
    question,
    modelIdentity,
    catalogue.dataset?.identity,
    ratingsState,
    isDegraded,
    assigned,
  );
  const list = listKeyOf(digest, deps.thread);
  if (cursor && !isSameList(cursor.list, list)) throw missingList(cursor.list, deps.thread);
  if (assigned && !cursor && isShownTo(userId, asker)) deps.experiments?.expose(assigned, userId, model);
  deps.pinned.set(pinKey(question, list), served, { client: asker.client, userId });
  return toPage(scope, served, { question, list, start, first: asked.first });
}

/** Makes a list as the user's arm has it. */
async function makeList(
  deps: RecommendingDeps,
  assigned: Assignment | null,
  { state, diversity, ...request }: ListRequest,
): Promise<ServedList> {
  if (!assigned || !deps.experiments) return recommendList(deps, { ...request, state, diversity });
  const making = deps.experiments.inArm(assigned, { ports: deps, model: state.model, diversity });
  const inArm = { ...request, state: { ...state, model: making.model }, diversity: making.diversity };
  const served = await recommendList(making.ports, inArm);
  return { ...served, experiment: assigned.experiment.name, arm: assigned.arm.name };
}

/** False where somebody else reads the list of an account. */
function isShownTo(userId: number, { client }: Pick<Asker, 'client'>): boolean {
  return isOfDataset(userId) || isOfApp(userId) || client === `user ${userId}`;
}

/** Reads what is stored of a user. Users of the data set dismiss nothing. */
export async function historyOf(scope: RequestScope, userId: number): Promise<UserHistory> {
  const [rated, dismissed] = await Promise.all([
    scope.historyOfUser.load(userId),
    isOfDataset(userId) ? [] : scope.dismissedByUser.load(userId),
  ]);
  return { rated, dismissed };
}

/** With the question, so that a list cannot be had under another. */
function pinKey(question: string, list: string): string {
  return `${question} ${list}`;
}

/** Lets others be served where this turn of the event loop has been long. @throws AppError where it is then too late */
async function takeTurn({ deadline, turns }: Pick<Asker, 'deadline' | 'turns'>): Promise<void> {
  await turns.yieldIfLong();
  deadline.check();
}

/**
 * The best page for a taste given with the request, oldest rating first; there is no page after it.
 * @throws AppError BAD_USER_INPUT for arguments out of range
 */
export async function recommendToTaste(
  deps: RecommendingDeps,
  scope: RequestScope,
  {
    ratings,
    deadline,
    turns,
    ...asked
  }: ListArguments & Pick<Asker, 'deadline' | 'turns'> & { ratings: readonly RatingInput[] },
): Promise<RecommendationConnection> {
  const filter = checkArguments(deps, asked);
  const catalogue = deps.catalogue.current();
  const rated = checkTaste(ratings, catalogue);
  const state = modelOfCatalogue(catalogue, deps.models.state());
  const history = timed('profile', () => profileHistory(state.model, { rated, dismissed: [] }, null));
  await takeTurn({ deadline, turns });
  const { diversity } = asked;
  const served = await recommendList(deps, { catalogue, state, history, filter, diversity });
  const question = digestOf(null, filter, diversity);
  const place = { question, list: digestOf(question, rated), start: 0, first: asked.first };
  return asOnlyPage(await toPage(scope, served, place));
}

/** Says of a page that nothing can be asked for after it. */
function asOnlyPage(page: RecommendationConnection): RecommendationConnection {
  return { ...page, pageInfo: { ...page.pageInfo, hasNextPage: false, endCursor: null } };
}

function checkArguments(
  { catalogue }: RecommendingDeps,
  { first, filter, diversity }: ListArguments,
): ResolvedFilter {
  checkFirst(first);
  checkDiversity(diversity);
  return resolveFilter(filter, catalogue.current());
}
