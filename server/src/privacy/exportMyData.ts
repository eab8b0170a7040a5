import { ExportFormat, type ExportedData } from '@pocketrocket/schema';
import {
  AccountEntity,
  ExperimentExposureEntity,
  ImportedRatingEntity,
  RatingImportEntity,
  RoleChangeEntity,
  tableOfMark,
  TasteLinkEntity,
  UserExternalIdEntity,
  type Database,
  type MovieMark,
} from '@pocketrocket/schema/database';
import { stringify } from 'csv-stringify/sync';
import { groupBy } from '../database/batches.ts';

interface ExportedRating {
  movieId: number;
  title: string;
  releaseYear: number | null;
  halfStars: number;
  ratedAtSeconds: number | null;
}

type Writer = (database: Database, userId: number) => Promise<ExportedData>;

const WRITERS: Record<ExportFormat, Writer> = {
  [ExportFormat.JSON]: async (database, userId) => ({
    fileName: 'pocketrocket.json',
    mediaType: 'application/json',
    content: JSON.stringify(await everythingOf(database, userId), null, 2),
  }),
  [ExportFormat.RATINGS_CSV]: async (database, userId) =>
    csv(
      'ratings.csv',
      ['userId', 'movieId', 'rating', 'timestamp'],
      (await ratingsOf(database, userId)).map(({ movieId, halfStars, ratedAtSeconds }) => [
        userId,
        movieId,
        (halfStars / 2).toFixed(1),
        ratedAtSeconds,
      ]),
    ),
  [ExportFormat.MOVIES_CSV]: async (database, userId) => {
    const genres = await genresOf(database, userId);
    return csv(
      'movies.csv',
      ['movieId', 'title', 'genres'],
      (await ratingsOf(database, userId)).map(({ movieId, title, releaseYear }) => [
        movieId,
        releaseYear === null ? title : `${title} (${releaseYear})`,
        genres.get(movieId)?.join('|') ?? '(no genres listed)',
      ]),
    );
  },
};

/** Exports what is stored of a user, in one of the forms. */
export function exportMyData(
  database: Database,
  userId: number,
  format: ExportFormat,
): Promise<ExportedData> {
  return WRITERS[format](database, userId);
}

function csv(fileName: string, columns: string[], rows: (string | number | null)[][]): ExportedData {
  return { fileName, mediaType: 'text/csv', content: stringify([columns, ...rows]) };
}

async function everythingOf(database: Database, userId: number): Promise<object> {
  const { dataSource } = database;
  const [user] = await dataSource.query<{ name: string }[]>('SELECT name FROM user WHERE userId = ?', [
    userId,
  ]);
  const account = await dataSource.getRepository(AccountEntity).findOneBy({ userId });
  const sessions = await dataSource.query<{ startedAt: number; usedAt: number; expiresAt: number }[]>(
    `SELECT MIN(createdAtSeconds) AS startedAt, MAX(createdAtSeconds) AS usedAt, MAX(expiresAtSeconds) AS expiresAt
     FROM refresh_token WHERE userId = ? GROUP BY familyId ORDER BY startedAt`,
    [userId],
  );
  const addresses = await dataSource.query<{ seenAtSeconds: number }[]>(
    'SELECT seenAtSeconds FROM known_address WHERE userId = ? ORDER BY seenAtSeconds',
    [userId],
  );
  const roles = await dataSource.getRepository(RoleChangeEntity).findBy({ userId });
  const exposures = await dataSource.getRepository(ExperimentExposureEntity).findBy({ userId });
  const externalIds = await dataSource.getRepository(UserExternalIdEntity).findBy({ userId });
  const tasteLinks = await dataSource
    .getRepository(TasteLinkEntity)
    .find({ where: { userId }, order: { createdAtSeconds: 'ASC' } });
  return {
    userId,
    name: user?.name,
    email: account?.email,
    emailConfirmedAt: time(account?.emailConfirmedAtSeconds),
    createdAt: time(account?.createdAtSeconds),
    role: account?.role,
    sharesRatings: account?.sharesRatings === 1,
    ratings: (await ratingsOf(database, userId)).map(({ halfStars, ratedAtSeconds, ...movie }) => ({
      ...movie,
      rating: halfStars / 2,
      ratedAt: time(ratedAtSeconds),
    })),
    dismissedMovies: await marksOf(database, 'dismissed', userId),
    watchlist: await marksOf(database, 'watchlist', userId),
    imports: await importsOf(database, userId),
    experiments: exposures.map(({ experiment, arm, modelVersion, shownAtSeconds }) => ({
      experiment,
      arm,
      modelVersion,
      shownAt: time(shownAtSeconds),
    })),
    sessions: sessions.map(({ startedAt, usedAt, expiresAt }) => ({
      startedAt: time(startedAt),
      refreshedAt: time(usedAt),
      expiresAt: time(expiresAt),
    })),
    // The addresses themselves are stored as hashes alone.
    addressesSignedInFrom: addresses.map(({ seenAtSeconds }) => ({ lastAt: time(seenAtSeconds) })),
    // What each leads to is all of the above; its token is stored as a hash alone.
    tasteLinks: tasteLinks.map(({ linkId, createdAtSeconds, expiresAtSeconds }) => ({
      linkId,
      createdAt: time(createdAtSeconds),
      expiresAt: time(expiresAtSeconds),
    })),
    externalIds: externalIds.map(({ namespace, externalId }) => ({ namespace, externalId })),
    roleChanges: roles.map(({ role, changedAtSeconds }) => ({ role, changedAt: time(changedAtSeconds) })),
  };
}

/** A user's ratings as MovieLens orders them, those of movies that their app has deleted included. */
function ratingsOf({ dataSource }: Database, userId: number): Promise<ExportedRating[]> {
  return dataSource.query<ExportedRating[]>(
    `SELECT rating.movieId AS movieId, movie.title, movie.releaseYear, rating.halfStars, rating.ratedAtSeconds
     FROM rating JOIN movie ON movie.movieId = rating.movieId WHERE rating.userId = ?
     UNION ALL
     SELECT hidden_rating.movieId, overlay_movie.title, overlay_movie.releaseYear, hidden_rating.halfStars, hidden_rating.ratedAtSeconds
     FROM hidden_rating JOIN overlay_movie ON overlay_movie.movieId = hidden_rating.movieId AND overlay_movie.isOwner = 1
     WHERE hidden_rating.userId = ?
     ORDER BY movieId`,
    [userId, userId],
  );
}

/** The movies that a user has marked so, by number. */
async function marksOf({ dataSource }: Database, mark: MovieMark, userId: number): Promise<object[]> {
  const { table, time: column } = tableOfMark(mark);
  const rows = await dataSource.query<{ movieId: number; title: string | null; atSeconds: number }[]>(
    `SELECT mark.movieId, COALESCE(movie.title, overlay_movie.title) AS title, mark.${column} AS atSeconds
     FROM ${table} mark LEFT JOIN movie ON movie.movieId = mark.movieId
     LEFT JOIN overlay_movie ON overlay_movie.movieId = mark.movieId AND overlay_movie.isOwner = 1
     WHERE mark.userId = ? ORDER BY mark.movieId`,
    [userId],
  );
  return rows.map(({ atSeconds, ...movie }) => ({ ...movie, at: time(atSeconds) }));
}

/** A user's imports of ratings from elsewhere, with what each brought and found. */
async function importsOf({ dataSource }: Database, userId: number): Promise<object[]> {
  const imports = await dataSource.getRepository(RatingImportEntity).findBy({ userId });
  const rows = await dataSource.getRepository(ImportedRatingEntity).findBy({ userId });
  const byImport = groupBy(rows, ({ importId }) => importId);
  return imports.map(({ importId, startedAtSeconds, undoneAtSeconds }) => ({
    importId,
    startedAt: time(startedAtSeconds),
    undoneAt: time(undoneAtSeconds),
    ratings: (byImport.get(importId) ?? []).map((row) => ({
      movieId: row.movieId,
      rating: row.halfStars / 2,
      ratedAt: time(row.ratedAtSeconds),
      ratingBefore: row.beforeHalfStars === null ? null : row.beforeHalfStars / 2,
      ratedBeforeAt: time(row.beforeRatedAtSeconds),
    })),
  }));
}

async function genresOf({ dataSource }: Database, userId: number): Promise<Map<number, string[]>> {
  const rows = await dataSource.query<{ movieId: number; name: string }[]>(
    `SELECT rating.movieId, genre.name FROM rating
     JOIN movie_genre ON movie_genre.movieId = rating.movieId
     JOIN genre ON genre.genreId = movie_genre.genreId
     WHERE rating.userId = ? ORDER BY rating.movieId, genre.name`,
    [userId],
  );
  return new Map(
    Array.from(
      groupBy(rows, ({ movieId }) => movieId),
      ([movieId, genres]) => [movieId, genres.map(({ name }) => name)],
    ),
  );
}

function time(seconds: number | string | null | undefined): string | null {
  return seconds === null || seconds === undefined ? null : new Date(Number(seconds) * 1000).toISOString();
}
