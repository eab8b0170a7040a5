import type { Database, StoredEventKind } from '@pocketrocket/schema/database';
import { groupBy, placeholders } from '../database/batches.ts';
import type { ExportKindName, ExportRequest } from './exportRequest.ts';

/** The key that the next page continues after: of a movie or user its number, of ratings user and movie, of events app and event. */
export type ExportCursor = readonly [first: number | string, second: number | string];

/** Some lines of an export. */
export interface ExportPage {
  /** One JSON object a line. */
  text: string;
  /** Null on the last page. */
  next: ExportCursor | null;
}

/** Rows of a page: SQLite reads them in the thread that answers requests. */
const PAGE_ROWS = 1_000;
/** Below every number, and every id. */
const BEGIN: Record<ExportKindName, ExportCursor> = {
  movies: [-1, -1],
  users: [-1, -1],
  ratings: [-1, -1],
  events: ['', ''],
};

interface Page<Row> {
  rows: Row[];
  next: ExportCursor | null;
}

type ReadPage = (database: Database, request: ExportRequest, after: ExportCursor) => Promise<Page<object>>;

const READERS: Record<ExportKindName, ReadPage> = {
  movies: readMovies,
  users: readUsers,
  ratings: readRatings,
  events: readEvents,
};

/**
 * Reads a page of an export. Pages are read one after the other while others write: each row is as it is when its page is read.
 * @param after as the page before told it; null for the first
 */
export async function readExportPage(
  database: Database,
  request: ExportRequest,
  after: ExportCursor | null,
): Promise<ExportPage> {
  const { rows, next } = await READERS[request.kind](database, request, after ?? BEGIN[request.kind]);
  return { text: rows.map((row) => `${JSON.stringify(row)}\n`).join(''), next };
}

/** The texts of all pages of an export, each read when it is asked for. */
export async function* exportTexts(database: Database, request: ExportRequest): AsyncGenerator<string> {
  let after: ExportCursor | null = null;
  do {
    const page: ExportPage = await readExportPage(database, request, after);
    yield page.text;
    after = page.next;
  } while (after !== null);
}

async function readMovies(
  { dataSource }: Database,
  _: ExportRequest,
  [after]: ExportCursor,
): Promise<Page<object>> {
  const movies = await dataSource.query<
    {
      movieId: number;
      title: string;
      alternativeTitles: string;
      releaseYear: number | null;
      posterUrl: string | null;
      ratingCount: number;
      halfStarSum: number;
      imdbId: number | null;
      tmdbId: number | null;
    }[]
  >(
    `SELECT movie.movieId, title, alternativeTitles, releaseYear, posterUrl, ratingCount, halfStarSum, imdbId, tmdbId
     FROM movie LEFT JOIN external_ids ON external_ids.movieId = movie.movieId
     WHERE movie.movieId > ? ORDER BY movie.movieId LIMIT ${PAGE_ROWS}`,
    [after],
  );
  const movieIds = movies.map(({ movieId }) => movieId);
  if (movieIds.length === 0) return { rows: [], next: null };
  const among = `movieId IN (${placeholders(movieIds)})`;
  const genres = groupBy(
    await dataSource.query<{ movieId: number; name: string }[]>(
      `SELECT movieId, name FROM movie_genre JOIN genre ON genre.genreId = movie_genre.genreId
       WHERE ${among} ORDER BY movieId, name`,
      movieIds,
    ),
    ({ movieId }) => movieId,
  );
  const ids = groupBy(
    await dataSource.query<{ movieId: number; namespace: string; externalId: string }[]>(
      `SELECT movieId, namespace, externalId FROM movie_external_id WHERE ${among} ORDER BY movieId, namespace, externalId`,
      movieIds,
    ),
    ({ movieId }) => movieId,
  );
  const rows = movies.map(({ alternativeTitles, halfStarSum, ...movie }) => ({
    ...movie,
    alternativeTitles: JSON.parse(alternativeTitles) as string[],
    genres: (genres.get(movie.movieId) ?? []).map(({ name }) => name),
    averageRating: movie.ratingCount === 0 ? null : halfStarSum / 2 / movie.ratingCount,
    externalIds: (ids.get(movie.movieId) ?? []).map(({ namespace, externalId }) => ({
      namespace,
      externalId,
    })),
  }));
  return { rows, next: nextOf(movieIds) };
}

async function readUsers(
  { dataSource }: Database,
  { includesPrivate }: ExportRequest,
  [after]: ExportCursor,
): Promise<Page<object>> {
  const users = await dataSource.query<
    {
      userId: number;
      name: string;
      ratingCount: number;
      accountUserId: number | null;
      sharesRatings: number | null;
    }[]
  >(
    `SELECT user.userId, user.name, user.ratingCount, account.userId AS accountUserId, account.sharesRatings
     FROM user LEFT JOIN account ON account.userId = user.userId
     WHERE user.userId > ? ORDER BY user.userId LIMIT ${PAGE_ROWS}`,
    [after],
  );
  const rows = users.map(({ userId, name, ratingCount, accountUserId, sharesRatings }) => {
    const isAccount = accountUserId !== null;
    const isShared = !isAccount || sharesRatings === 1;
    return {
      userId,
      name,
      isAccount,
      sharesRatings: isShared,
      ratingCount: isShared || includesPrivate ? ratingCount : null,
    };
  });
  return { rows, next: nextOf(users.map(({ userId }) => userId)) };
}

interface RatingRow {
  userId: number;
  movieId: number;
  halfStars: number;
  ratedAtSeconds: number | null;
}

/** First what is left of one user, then the users after: each is a range of the primary key, on every database. */
async function readRatings(
  { dataSource }: Database,
  { includesPrivate }: ExportRequest,
  [userId, movieId]: ExportCursor,
): Promise<Page<object>> {
  const mayBeRead = includesPrivate ? '' : 'AND (account.userId IS NULL OR account.sharesRatings = 1)';
  const read = (where: string, values: ExportCursor[number][], limit: number) =>
    dataSource.query<RatingRow[]>(
      `SELECT rating.userId, rating.movieId, rating.halfStars, rating.ratedAtSeconds
       FROM rating LEFT JOIN account ON account.userId = rating.userId
       WHERE ${where} ${mayBeRead} ORDER BY rating.userId, rating.movieId LIMIT ${limit}`,
      values,
    );
  const ratings = await read('rating.userId = ? AND rating.movieId > ?', [userId, movieId], PAGE_ROWS);
  const room = PAGE_ROWS - ratings.length;
  if (room > 0) ratings.push(...(await read('rating.userId > ?', [userId], room)));
  const last = ratings.length < PAGE_ROWS ? undefined : ratings.at(-1);
  return {
    rows: ratings.map((rating) => ({
      userId: rating.userId,
      movieId: rating.movieId,
      rating: rating.halfStars / 2,
      ratedAt: rating.ratedAtSeconds === null ? null : new Date(rating.ratedAtSeconds * 1000).toISOString(),
    })),
    next: last ? [last.userId, last.movieId] : null,
  };
}

interface EventRow {
  appId: string;
  eventId: string;
  userId: number;
  userExternalId: string | null;
  movieId: number | null;
  kind: StoredEventKind;
  value: number | null;
  occurredAtSeconds: number;
}

/** As ratings are read. Of apps that keep their users to themselves only where it is asked for. */
async function readEvents(
  { dataSource }: Database,
  { includesPrivate }: ExportRequest,
  [appId, eventId]: ExportCursor,
): Promise<Page<object>> {
  const mayBeRead = includesPrivate ? '' : 'AND app.sharesUsers = 1';
  const read = (where: string, values: ExportCursor[number][], limit: number) =>
    dataSource.query<EventRow[]>(
      `SELECT app_event.appId, app_event.eventId, app_event.userId, app_user.externalId AS userExternalId, app_event.movieId,
         app_event.kind, app_event.value, app_event.occurredAtSeconds
       FROM app_event JOIN app ON app.appId = app_event.appId LEFT JOIN app_user ON app_user.userId = app_event.userId
       WHERE ${where} ${mayBeRead} ORDER BY app_event.appId, app_event.eventId LIMIT ${limit}`,
      values,
    );
  const events = await read('app_event.appId = ? AND app_event.eventId > ?', [appId, eventId], PAGE_ROWS);
  const room = PAGE_ROWS - events.length;
  if (room > 0) events.push(...(await read('app_event.appId > ?', [appId], room)));
  const last = events.length < PAGE_ROWS ? undefined : events.at(-1);
  return {
    rows: events.map(({ kind, value, occurredAtSeconds, ...event }) => ({
      ...event,
      kind,
      value: valueOf(kind, value),
      occurredAt: new Date(occurredAtSeconds * 1000).toISOString(),
    })),
    next: last ? [last.appId, last.eventId] : null,
  };
}

/** As the app told it: stars, or the share watched. */
function valueOf(kind: StoredEventKind, value: number | null): number | null {
  if (value === null) return null;
  if (kind === 'rating') return value / 2;
  return kind === 'watch' ? value / 1_000 : value;
}

/** @param ids of a page, ascending */
function nextOf(ids: readonly number[]): ExportCursor | null {
  const last = ids.at(-1);
  return last === undefined || ids.length < PAGE_ROWS ? null : [last, 0];
}
