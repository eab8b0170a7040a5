import { insertRows, replaceRows, type StoredEventKind } from '@pocketrocket/schema/database';
import type { EntityManager } from 'typeorm';
import { groupBy, placeholders } from '../database/batches.ts';
import { TELLING_KINDS, type WeighedEvent } from './weights.ts';

/** An event with the numbers of its user and movie. */
export interface PlacedEvent extends WeighedEvent {
  eventId: string;
  userId: number;
  movieId: number;
}

/** A user and a movie on which there are events. */
export interface Pair {
  userId: number;
  movieId: number;
}

export function pairKey({ userId, movieId }: Pair): string {
  return `${userId} ${movieId}`;
}

/** Those of the ids that the app has sent before. */
export async function storedIds(
  manager: EntityManager,
  appId: string,
  eventIds: readonly string[],
): Promise<Set<string>> {
  if (eventIds.length === 0) return new Set();
  const rows = await manager.query<{ eventId: string }[]>(
    `SELECT eventId FROM app_event WHERE appId = ? AND eventId IN (${placeholders(eventIds)})`,
    [appId, ...eventIds],
  );
  return new Set(rows.map(({ eventId }) => eventId));
}

export async function insertEvents(
  manager: EntityManager,
  appId: string,
  events: readonly PlacedEvent[],
): Promise<void> {
  await insertRows(
    manager,
    'app_event',
    [
      'appId',
      'eventId',
      'userId',
      'movieId',
      'kind',
      'value',
      'occurredAtSeconds',
      'receivedAtSeconds',
      'place',
    ],
    events.map((event) => [
      appId,
      event.eventId,
      event.userId,
      event.movieId,
      event.kind,
      event.value,
      event.occurredAtSeconds,
      event.receivedAtSeconds,
      event.place,
    ]),
  );
}

/** The events that are stored of each pair, of the kinds from which something follows, by `pairKey`. */
export async function tellingEvents(
  manager: EntityManager,
  pairs: readonly Pair[],
): Promise<Map<string, (Pair & WeighedEvent)[]>> {
  if (pairs.length === 0) return new Map();
  const { sql, values } = wherePairs(pairs);
  const rows = await manager.query<(Pair & WeighedEvent & { kind: StoredEventKind })[]>(
    `SELECT userId, movieId, kind, value, occurredAtSeconds, receivedAtSeconds, place FROM app_event WHERE ${sql}`,
    values,
  );
  return groupBy(
    rows.filter(({ kind }) => TELLING_KINDS.has(kind)),
    pairKey,
  );
}

/** Puts ratings in the place of those that are there. */
export async function writeAppRatings(
  manager: EntityManager,
  ratings: readonly (Pair & { halfStars: number; ratedAtSeconds: number })[],
): Promise<void> {
  await replaceRows(
    manager,
    'app_rating',
    ['userId', 'movieId', 'halfStars', 'ratedAtSeconds'],
    ratings.map(({ userId, movieId, halfStars, ratedAtSeconds }) => [
      userId,
      movieId,
      halfStars,
      ratedAtSeconds,
    ]),
  );
}

/** Keeps movies out of users' lists. */
export async function writeDismissed(
  manager: EntityManager,
  dismissed: readonly (Pair & { dismissedAtSeconds: number })[],
): Promise<void> {
  await replaceRows(
    manager,
    'dismissed_movie',
    ['userId', 'movieId', 'dismissedAtSeconds'],
    dismissed.map(({ userId, movieId, dismissedAtSeconds }) => [userId, movieId, dismissedAtSeconds]),
  );
}

/** Lets movies into users' lists again. */
export async function deleteDismissed(manager: EntityManager, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return;
  const { sql, values } = wherePairs(pairs);
  await manager.query(`DELETE FROM dismissed_movie WHERE ${sql}`, values);
}

/** Raises the version of users' ratings, after which caches and lists are others. */
export async function raiseVersions(
  manager: EntityManager,
  table: 'app_user' | 'user',
  userIds: readonly number[],
): Promise<void> {
  if (userIds.length === 0) return;
  await manager.query(
    `UPDATE ${table} SET ratingsVersion = ratingsVersion + 1 WHERE userId IN (${placeholders(userIds)})`,
    [...userIds],
  );
}

/** A condition that each database answers by one look into an index for each pair: none does so for two lists. */
function wherePairs(pairs: readonly Pair[]): { sql: string; values: number[] } {
  const byUser = groupBy(pairs, ({ userId }) => userId);
  const terms = [...byUser.values()].map((own) => `(userId = ? AND movieId IN (${placeholders(own)}))`);
  const values = [...byUser].flatMap(([userId, own]) => [userId, ...own.map(({ movieId }) => movieId)]);
  return { sql: `(${terms.join(' OR ')})`, values };
}
