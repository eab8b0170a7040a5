import type { RecommendPorts } from '@pocketrocket/model';
import type { MovieFilter, RatingInput, RecommendationConnection } from '@pocketrocket/schema';
import { checkDiversity, checkFirst } from '../arguments/checks.ts';
import type { CacheBounds } from '../caches/bounds.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import { resolveFilter, type ResolvedFilter } from '../catalogue/movieFilter.ts';
import type { RequestScope, StoredUser } from '../loaders/requestScope.ts';
import { modelOfCatalogue } from '../model/modelOfCatalogue.ts';
import type { ModelProvider } from '../model/modelWatcher.ts';
import type { Deadline } from '../timing/deadline.ts';
import type { Turns } from '../timing/turns.ts';
import { timed } from '../timing/stepTimes.ts';
import { toPage } from './page.ts';
import { tasteSubject, userSubject, type ListSubject } from './listSubject.ts';
import { decodeListCursor, digestOf, isSameList, listKeyOf, missingList } from './listCursor.ts';
import { PinnedLists } from './pinnedLists.ts';
import { ProfileCache } from './profileCache.ts';
import { recommendList } from './recommendList.ts';
import type { ServedList } from './servedList.ts';

/** Dependencies of the recommending fields: the five steps' ports, and the lists that pages continue. */
export interface RecommendingDeps extends RecommendPorts {
  models: ModelProvider;
  catalogue: CatalogueSource;
  pinned: PinnedLists;
  profiles: ProfileCache;
  /** Number of the API thread; 0 where there is one only. */
  thread: number;
}

export function createRecommendingDeps({
  caches,
  ...deps
}: Omit<RecommendingDeps, 'pinned' | 'profiles' | 'thread'> & {
  caches: Pick<CacheBounds, 'pinnedLists' | 'profiles'>;
  thread?: number;
}): RecommendingDeps {
  return {
    thread: 0,
    ...deps,
    pinned: new PinnedLists(caches.pinnedLists),
    profiles: new ProfileCache(caches.profiles),
  };
}

/** Forgets all that is cached of a user: profiles, feature values and lists. */
export function forgetUser({ pinned, profiles }: RecommendingDeps, userId: number): void {
  profiles.forget(userId);
  pinned.forget(userId);
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
  const served = await recommendList(deps, { catalogue, state, history, isAllSkipped, filter, diversity });
  // With its size: new movies may come into it while it serves.
  const modelIdentity = [model?.version, model?.manifest.createdAt, model?.items.size, problem];
  // A list that was less than it should be is another one: by now it may be whole.
  const isDegraded = served.degradedReason !== null;
  const question = questionOf(subject, filter, diversity);
  const digest = digestOf(question, modelIdentity, catalogue.dataset?.identity, ratingsState, isDegraded);
  return { served, list: listKeyOf(digest, deps.thread) };
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
