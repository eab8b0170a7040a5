import { FIRST_MAPPED_ID, NUMBERS_END, parseId } from '@pocketrocket/formats';
import { DATASET_NAMESPACE, FIRST_ACCOUNT_USER_ID, FIRST_APP_USER_ID } from '@pocketrocket/schema/database';
import type { DataSource } from 'typeorm';
import { placeholders } from './batches.ts';

export type Kind = 'movie' | 'user';

/** From here on an id of a data set is mapped though it is a whole number. */
const PLAIN_BELOW: Record<Kind, number> = { movie: NUMBERS_END, user: FIRST_ACCOUNT_USER_ID };

/** True of a user of the data set, whose number says so; false of an account, and of an app's user. */
export function isOfDataset(userId: number): boolean {
  return userId < FIRST_ACCOUNT_USER_ID || userId >= FIRST_MAPPED_ID;
}

/** True of an app's user, whose number says so. */
export function isOfApp(userId: number): boolean {
  return userId >= FIRST_APP_USER_ID && userId < FIRST_MAPPED_ID;
}

/** True of all users but accounts, as a condition of SQL. */
export function isNoAccountSql(column: string): string {
  return `(${column} < ${FIRST_ACCOUNT_USER_ID} OR ${column} >= ${FIRST_APP_USER_ID})`;
}

/** One entry per number, in the order asked: the id as the data set's files write it, which for most is the number. */
export async function externalIdsOf(
  dataSource: DataSource,
  kind: Kind,
  numbers: readonly number[],
): Promise<string[]> {
  const rows = await dataSource.query<{ externalId: string; number: number }[]>(
    `SELECT externalId, ${kind}Id AS number FROM ${kind}_external_id
     WHERE namespace = ? AND ${kind}Id IN (${placeholders(numbers)})`,
    [DATASET_NAMESPACE, ...numbers],
  );
  const byNumber = new Map(rows.map(({ externalId, number }) => [number, externalId]));
  return numbers.map((number) => byNumber.get(number) ?? String(number));
}

/** One entry per id as the data set's files write it, in the order asked: its number, or null for what is no id of the data set. */
export async function numbersOf(
  dataSource: DataSource,
  kind: Kind,
  externalIds: readonly string[],
): Promise<(number | null)[]> {
  const ids = externalIds.map((text) => parseId(text, PLAIN_BELOW[kind]));
  const texts = [...new Set(ids.filter((id) => typeof id === 'string'))];
  const rows =
    texts.length === 0
      ? []
      : await dataSource.query<{ externalId: string; number: number }[]>(
          `SELECT externalId, ${kind}Id AS number FROM ${kind}_external_id
           WHERE namespace = ? AND externalId IN (${placeholders(texts)})`,
          [DATASET_NAMESPACE, ...texts],
        );
  const byText = new Map(rows.map(({ externalId, number }) => [externalId, number]));
  return ids.map((id) => (typeof id === 'string' ? (byText.get(id) ?? null) : id));
}

/** One entry per id that an app has given, in the order asked: its movie's number, or null for what is no id of the app. */
export async function appNumbersOf(
  dataSource: DataSource,
  namespace: string,
  externalIds: readonly string[],
): Promise<(number | null)[]> {
  const rows = await dataSource.query<{ externalId: string; movieId: number }[]>(
    `SELECT externalId, movieId FROM movie_external_id WHERE namespace = ? AND externalId IN (${placeholders(externalIds)})`,
    [namespace, ...externalIds],
  );
  const byText = new Map(rows.map(({ externalId, movieId }) => [externalId, movieId]));
  return externalIds.map((externalId) => byText.get(externalId) ?? null);
}

/** One entry per movie, in the order asked: the id that an app has given it, the first by its letters of several; null where none. */
export async function appIdsOf(
  dataSource: DataSource,
  namespace: string,
  movieIds: readonly number[],
): Promise<(string | null)[]> {
  const rows = await dataSource.query<{ externalId: string; movieId: number }[]>(
    `SELECT movieId, MIN(externalId) AS externalId FROM movie_external_id
     WHERE namespace = ? AND movieId IN (${placeholders(movieIds)}) GROUP BY movieId`,
    [namespace, ...movieIds],
  );
  const byNumber = new Map(rows.map(({ externalId, movieId }) => [movieId, externalId]));
  return movieIds.map((movieId) => byNumber.get(movieId) ?? null);
}
