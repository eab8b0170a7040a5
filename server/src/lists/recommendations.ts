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
import { toPage } from './page.ts';
import { tasteSubject, userSubject, type ListSubject } from './listSubject.ts';
import {
  decodeListCursor,
  digestOf,
  isSameList,
  listKeyOf,
  missingList,
  ratingsRevisionOf,
} from './listCursor.ts';
import { PinnedLists } from './pinnedLists.ts';
import { ProfileCache } from './profileCache.ts';
import { recommendList, type ListRequest } from './recommendList.ts';
import type { ServedList } from './servedList.ts';
import { countShownOf } from './shownCounts.ts';

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
  countShownOf(() => deps.catalogue.current());
  return {
    thread: 0,
    experiments: null,
    ...deps,
    pinned: new PinnedLists(caches.pinnedLists),
    profiles: new ProfileCache(caches.profiles),
  };
}

/** Forgets all that is cached of users: profiles, feature values and lists. */
export function forgetUsers(
  { pinned, profiles, experiments }: RecommendingDeps,
  userIds: ReadonlySet<number>,
): void {
  experiments?.forget(userIds);
  profiles.forget(userIds);
  pinned.forget(userIds);
}

/** The same, user by user: those who are named at once are forgotten by one look through the caches, right after. */
export function createForgetting(deps: RecommendingDeps): (userId: number) => void {
  const named = new Set<number>();
  return (userId) => {
    if (named.size === 0)
      queueMicrotask(() => {
        forgetUsers(deps, named);
        named.clear();
      });
    named.add(userId);
  };
}

/** Arguments of every list of recommendations. */
export interface ListArguments {
  first: number;
  filter: MovieFilter | null | undefined;
  diversity: number;
}

/** The request's side of a list: whoever asks, until when, and its part in the turns of the event loop. */
export interface Asker {
  /** A signed-in user or an address, by which shares of room are counted. */
  client: string;
  deadline: Deadline;
  turns: Turns;
}

/** Arguments of a page, besides whom it is for. */
interface PageArguments extends ListArguments {
  after: string | null | undefined;
  asker: Asker;
}

/**
 * A page of a user's recommendations. The first one begins a list that is made for it; later pages continue that list.
 * @throws AppError BAD_USER_INPUT for arguments out of range, and for a cursor whose list is no longer kept
 */
export function recommendToUser(
  deps: RecommendingDeps,
  scope: RequestScope,
  { user, ...asked }: PageArguments & { user: StoredUser },
): Promise<RecommendationConnection> {
  return pageFor(deps, scope, () => userSubject(deps, scope, user), asked);
}

/**
 * A page of the recommendations for a taste given with the request, oldest rating first: as a user's, with the same ratings asked
 * again for each page.
 * @throws AppError BAD_USER_INPUT for arguments out of range, and for a cursor whose list is no longer kept
 */
export function recommendToTaste(
  deps: RecommendingDeps,
  scope: RequestScope,
  { ratings, ...asked }: PageArguments & { ratings: readonly RatingInput[] },
): Promise<RecommendationConnection> {
  return pageFor(deps, scope, () => tasteSubject(ratings, deps.catalogue.current()), asked);
}

async function pageFor(
  deps: RecommendingDeps,
  scope: RequestScope,
  subjectOf: () => ListSubject,
  { after, asker, ...asked }: PageArguments,
): Promise<RecommendationConnection> {
  const filter = checkArguments(deps, asked);
  const subject = subjectOf();
  const { first, diversity } = asked;
  const question = questionOf(subject, filter, diversity);
  const cursor = typeof after === 'string' ? decodeListCursor(after, question) : null;
  const { skippedMovieIds } = subject;
  const page = { question, start: cursor ? cursor.place + 1 : 0, first, skippedMovieIds };
  const begun = cursor && deps.pinned.get(pinKey(question, cursor.list));
  if (cursor && begun) return toPage(scope, begun, { ...page, list: cursor.list });

  const { served, list } = await makeList(deps, subject, { filter, diversity, asker });
  if (cursor && !isSameList(cursor.list, list)) throw missingList(cursor.list, deps.thread);
  if (!cursor) noteExposure(deps, subject, served, asker.client);
  deps.pinned.set(pinKey(question, list), served, { client: asker.client, userId: subject.userId });
  return toPage(scope, served, { ...page, list });
}

/** The digest of all that a page must ask again. */
export function questionOf({ key }: ListSubject, filter: ResolvedFilter, diversity: number): string {
  return digestOf(key, filter, diversity);
}

/** Makes a subject's list as of now, with the key that says what it depends on. */
export async function makeList(
  deps: RecommendingDeps,
  subject: ListSubject,
  { filter, diversity, asker }: { filter: ResolvedFilter; diversity: number; asker: TurnTaker },
): Promise<{ served: ServedList; list: string }> {
  const { ratingsState, isAllSkipped } = subject;
  const catalogue = deps.catalogue.current();
  const state = modelOfCatalogue(catalogue, deps.models.state());
  const { model, problem } = state;
  const history = await timed('profile', () => subject.history(model));
  await takeTurn(asker);
  const assigned = assignmentOf(deps, subject);
  const request = { catalogue, state, history, isAllSkipped, filter, diversity };
  const ratingsRevision = subject.userId === null ? null : ratingsRevisionOf(subject);
  const served = { ...(await listInArm(deps, assigned, request)), ratingsRevision };
  // With its size: new movies may come into it while it serves.
  const modelIdentity = [model?.version, model?.manifest.createdAt, model?.items.size, problem];
  // A list that was less than it should be is another one: by now it may be whole.
  const isDegraded = served.degradedReason !== null;
  const question = questionOf(subject, filter, diversity);
  const digest = digestOf(
    question,
    modelIdentity,
    catalogue.dataset?.identity,
    ratingsState,
    isDegraded,
    assigned,
  );
  return { served, list: listKeyOf(digest, deps.thread) };
}

function assignmentOf({ experiments }: RecommendingDeps, { userId }: ListSubject): Assignment | null {
  return userId === null ? null : (experiments?.assignmentOf(userId) ?? null);
}

/** Makes a list as the user's arm has it. */
async function listInArm(
  deps: RecommendingDeps,
  assigned: Assignment | null,
  request: ListRequest,
): Promise<ServedList> {
  if (!assigned || !deps.experiments) return recommendList(deps, request);
  const { state, diversity } = request;
  const making = deps.experiments.inArm(assigned, { ports: deps, model: state.model, diversity });
  const inArm = { ...request, state: { ...state, model: making.model }, diversity: making.diversity };
  const served = await recommendList(making.ports, inArm);
  return { ...served, experiment: assigned.experiment.name, arm: assigned.arm.name };
}

/** Notes that a user was shown the first page of a list of an arm: an account by its own requests alone. */
export function noteExposure(
  deps: RecommendingDeps,
  subject: ListSubject,
  { modelVersion }: ServedList,
  client: string | null,
): void {
  const assigned = assignmentOf(deps, subject);
  const { userId } = subject;
  if (!assigned || userId === null) return;
  const isOwn = isOfDataset(userId) || isOfApp(userId) || client === `user ${userId}`;
  if (isOwn) deps.experiments?.expose(assigned, userId, modelVersion);
}

/** With the question, so that a list cannot be had under another. */
function pinKey(question: string, list: string): string {
  return `${question} ${list}`;
}

type TurnTaker = Pick<Asker, 'deadline' | 'turns'>;

/** Lets others be served where this turn of the event loop has been long. @throws AppError where it is then too late */
export async function takeTurn({ deadline, turns }: TurnTaker): Promise<void> {
  await turns.yieldIfLong();
  deadline.check();
}

/** Checks what all lists take. @throws AppError BAD_USER_INPUT */
export function checkArguments(
  { catalogue }: Pick<RecommendingDeps, 'catalogue'>,
  { first, filter, diversity }: ListArguments,
): ResolvedFilter {
  checkFirst(first);
  checkDiversity(diversity);
  return resolveFilter(filter, catalogue.current());
}
