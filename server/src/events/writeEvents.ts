import {
  changeRatings,
  lockApp,
  lockMovies,
  lockUser,
  type RatingShare,
} from '@pocketrocket/schema/database';
import type { EntityManager } from 'typeorm';
import { groupBy, placeholders } from '../database/batches.ts';
import { checkApp, type AppOfUsers } from '../apps/appUsers.ts';
import {
  deleteDismissed,
  insertEvents,
  pairKey,
  raiseVersions,
  storedIds,
  tellingEvents,
  writeAppRatings,
  writeDismissed,
  type Pair,
  type PlacedEvent,
} from './eventTables.ts';
import { arrivingAfter, dismissedSince, TELLING_KINDS, weightOf, type Weight } from './weights.ts';

/** The outcome of a batch of events. */
export interface WrittenEvents {
  storedCount: number;
  duplicateCount: number;
  /** The users whose lists are others now. */
  changedUserIds: number[];
  /** Number and sum of ratings of each movie that counts them: of apps that share their users. */
  movies: Map<number, RatingShare>;
}

/** Names what the numbers of users and movies were read from, which may have changed before the transaction began. */
export interface ReadBefore {
  /** Identity of the data set. */
  dataset: string | null;
}

/**
 * Stores events that were not stored before, with all that follows from them; within a transaction.
 * @param events at most 500, of different ids
 * @returns null where users, movies or the data set have gone meanwhile: look again
 */
export async function writeEvents(
  manager: EntityManager,
  app: AppOfUsers,
  events: readonly PlacedEvent[],
  before: ReadBefore,
): Promise<WrittenEvents | null> {
  // Before anything is read: what is read afterwards is the latest.
  await lockAll(manager, app, events);
  if (!(await isAsBefore(manager, app, events, before))) return null;
  const known = await storedIds(
    manager,
    app.appId,
    events.map(({ eventId }) => eventId),
  );
  const unknown = events.filter(({ eventId }) => !known.has(eventId));
  const pairs = pairsOf(unknown);
  const stored = await tellingEvents(manager, pairs);
  const fresh = unknown.map((event) => arrivingAfter(stored.get(pairKey(event)) ?? [], event));
  await insertEvents(manager, app.appId, fresh);
  const freshOf = groupBy(fresh, pairKey);
  const changes = pairs.map((pair) => changeOf(pair, stored.get(pairKey(pair)) ?? [], freshOf));
  const movies = await writeRatings(manager, app, changes);
  await writeMarks(manager, changes);
  const changedUserIds = [
    ...new Set(changes.filter(({ rating, mark }) => rating ?? mark).map(({ userId }) => userId)),
  ];
  await raiseVersions(manager, 'app_user', changedUserIds);
  if (app.sharesUsers) await raiseVersions(manager, 'user', changedUserIds);
  return {
    storedCount: fresh.length,
    duplicateCount: events.length - fresh.length,
    changedUserIds,
    movies,
  };
}

/** Locks the app, and where its ratings count for everybody, users and movies too. */
async function lockAll(
  manager: EntityManager,
  app: AppOfUsers,
  events: readonly PlacedEvent[],
): Promise<void> {
  await lockApp(manager, app.appId);
  if (app.sharesUsers && events.length > 0) {
    const userIds = [...new Set(events.map(({ userId }) => userId))].toSorted((a, b) => a - b);
    for (const userId of userIds) await lockUser(manager, userId);
    await lockMovies(manager, movieIdsOf(events));
  }
  // It reads, so it comes after the locks: MySQL goes on reading what was there at the first read.
  await checkApp(manager, app);
}

function movieIdsOf(events: readonly PlacedEvent[]): number[] {
  return [...new Set(events.map(({ movieId }) => movieId))];
}

async function isAsBefore(
  manager: EntityManager,
  { appId, sharesUsers }: AppOfUsers,
  events: readonly PlacedEvent[],
  { dataset }: ReadBefore,
): Promise<boolean> {
  if ((await identityOfDataset(manager)) !== dataset) return false;
  const userIds = [...new Set(events.map(({ userId }) => userId))];
  if (userIds.length === 0) return true;
  const there = await manager.query<unknown[]>(
    `SELECT userId FROM app_user WHERE appId = ? AND userId IN (${placeholders(userIds)})`,
    [appId, ...userIds],
  );
  if (there.length !== userIds.length) return false;
  if (!sharesUsers) return true;
  // Of a movie that its app has deleted meanwhile nothing may count.
  const movieIds = movieIdsOf(events);
  const movies = await manager.query<unknown[]>(
    `SELECT movieId FROM movie WHERE movieId IN (${placeholders(movieIds)})`,
    movieIds,
  );
  return movies.length === movieIds.length;
}

/** Null where there is none. */
export async function identityOfDataset(queries: Pick<EntityManager, 'query'>): Promise<string | null> {
  const [dataset] = await queries.query<{ identity: string }[]>('SELECT identity FROM dataset');
  return dataset?.identity ?? null;
}

/** A change of what a user's events on a movie come to; null where it stays. */
interface PairChange extends Pair {
  rating: Weight | null;
  mark: { dismissedAtSeconds: number | null } | null;
}

function pairsOf(events: readonly PlacedEvent[]): Pair[] {
  const telling = events.filter(({ kind }) => TELLING_KINDS.has(kind));
  return [...groupBy(telling, pairKey).values()].flatMap(([event]) =>
    event ? [{ userId: event.userId, movieId: event.movieId }] : [],
  );
}

function changeOf(
  pair: Pair,
  stored: Parameters<typeof weightOf>[0],
  fresh: ReadonlyMap<string, PlacedEvent[]>,
): PairChange {
  const added = fresh.get(pairKey(pair)) ?? [];
  const all = [...stored, ...added];
  const [before, after] = [weightOf(stored), weightOf(all)];
  const isSame = before?.halfStars === after?.halfStars && before?.ratedAtSeconds === after?.ratedAtSeconds;
  const [markedBefore, dismissedAtSeconds] = [dismissedSince(stored), dismissedSince(all)];
  // An import may have moved the mark to a movie whose events name another number: whoever restores it has it back.
  const isRestored = dismissedAtSeconds === null && added.some(({ kind }) => kind === 'restore');
  return {
    ...pair,
    rating: isSame ? null : after,
    mark: markedBefore === dismissedAtSeconds && !isRestored ? null : { dismissedAtSeconds },
  };
}

async function writeRatings(
  manager: EntityManager,
  { sharesUsers }: AppOfUsers,
  changes: readonly PairChange[],
): Promise<Map<number, RatingShare>> {
  const rated = changes.flatMap(({ userId, movieId, rating }) =>
    rating ? [{ userId, movieId, ...rating }] : [],
  );
  if (!sharesUsers) {
    await writeAppRatings(manager, rated);
    return new Map();
  }
  return writeSharedRatings(manager, rated);
}

/** Writes ratings that count for everybody, user by user. */
async function writeSharedRatings(
  manager: EntityManager,
  rated: readonly (Pair & Weight)[],
): Promise<Map<number, RatingShare>> {
  const movies = new Map<number, RatingShare>();
  const [dataset] = await manager.query<{ meanRating: number }[]>('SELECT meanRating FROM dataset');
  for (const [userId, own] of groupBy(rated, (one) => one.userId)) {
    const movieIds = own.map(({ movieId }) => movieId);
    const held = await manager.query<(Pair & Weight)[]>(
      `SELECT movieId, halfStars, ratedAtSeconds FROM rating WHERE userId = ? AND movieId IN (${placeholders(movieIds)})`,
      [userId, ...movieIds],
    );
    const from = new Map(held.map((row) => [row.movieId, row]));
    const steps = new Map(own.map((to) => [to.movieId, { from: from.get(to.movieId) ?? null, to }]));
    const tallies = await changeRatings(manager, userId, steps, dataset?.meanRating ?? 0);
    for (const [movieId, tally] of tallies) movies.set(movieId, tally);
  }
  return movies;
}

async function writeMarks(manager: EntityManager, changes: readonly PairChange[]): Promise<void> {
  const marked = changes.filter(({ mark }) => mark !== null);
  await writeDismissed(
    manager,
    marked.flatMap(({ userId, movieId, mark }) =>
      mark && mark.dismissedAtSeconds !== null
        ? [{ userId, movieId, dismissedAtSeconds: mark.dismissedAtSeconds }]
        : [],
    ),
  );
  await deleteDismissed(
    manager,
    marked.filter(({ mark }) => mark?.dismissedAtSeconds === null),
  );
}
