import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { dialectOf } from '@pocketrocket/schema/database';
import { AppError, messageOf, systemErrorCode, type Progress } from '@pocketrocket/runtime';
import type { Row } from '../backup/archiveFormat.ts';
import { BACKUP_DIALECTS } from '../backup/dialects.ts';
import type { DatabaseAddress, Snapshot } from '../backup/snapshot.ts';
import { isOccupied, swapIn } from '../output/folder.ts';
import { removeWhenStopped } from '../output/unfinished.ts';
import { ParquetFile, type ParquetSchema } from './parquetFile.ts';

/** Names the data set; it is written last, and marks a folder as an export. */
const DATASET_FILE = 'dataset.json';
const FORMAT = 1;
/** Files and folders of an export, whoever made it. */
const OWN_FILE = /^(?:dataset\.json|(?:ratings|users|movies)(?:[\\/]part-\d+\.parquet)?)$/;
const descriptionSchema = z.object({ formatVersion: z.number(), identity: z.string() });
/** Rows in memory at a time, and what a reader takes at least. */
const ROWS_PER_GROUP = 2 ** 18;
/** Rows of a file: a cluster reads several files side by side. */
const ROWS_PER_FILE = 2 ** 22;

const RATINGS: ParquetSchema = {
  userId: { type: 'INT32' },
  movieId: { type: 'INT32' },
  halfStars: { type: 'INT32' },
  ratedAtSeconds: { type: 'INT32', isNullable: true },
};

const USERS: ParquetSchema = { userId: { type: 'INT32' } };

const MOVIES: ParquetSchema = {
  movieId: { type: 'INT32' },
  title: { type: 'STRING' },
  releaseYear: { type: 'INT32', isNullable: true },
  genres: { type: 'STRING', isList: true },
};

/** The content of an export. */
export interface ExportReport {
  folder: string;
  name: string;
  identity: string;
  movies: number;
  users: number;
  ratings: number;
  ratingFiles: number;
}

export interface ExportLimits {
  rowsPerGroup?: number;
  rowsPerFile?: number;
}

/**
 * Writes the ratings, users and movies of a database as Parquet files, as they are at one moment, whatever is written meanwhile:
 * `ratings/part-00000.parquet` and further, the same in `users/` and `movies/`, and `dataset.json`. The folder appears whole, by a rename;
 * an earlier export in its place is replaced. Of memory it takes that of a group of ratings, and of the movies.
 * @throws AppError BAD_USER_INPUT where the folder holds something else; BAD_DATA for a database without a data set;
 *   ENVIRONMENT where it cannot be written
 */
export async function exportParquet(
  address: DatabaseAddress,
  out: string,
  progress: Progress,
  limits: ExportLimits = {},
): Promise<ExportReport> {
  const target = resolve(out);
  const partial = `${target}.${process.pid}.part`;
  try {
    await refuseOthers(target);
    await mkdir(dirname(target), { recursive: true });
    return { ...(await exportInto(address, target, partial, progress, limits)), folder: target };
  } catch (error) {
    if (['ENOSPC', 'EACCES', 'ENOTDIR', 'EROFS', 'EDQUOT'].includes(systemErrorCode(error) ?? '')) {
      throw new AppError('ENVIRONMENT', `${target} cannot be written: ${messageOf(error)}`, { cause: error });
    }
    throw error;
  }
}

async function exportInto(
  address: DatabaseAddress,
  target: string,
  partial: string,
  progress: Progress,
  limits: ExportLimits,
): Promise<Omit<ExportReport, 'folder'>> {
  const { takeSnapshot } = BACKUP_DIALECTS[dialectOf(address.url).name];
  const snapshot = await takeSnapshot(address, partial);
  const leave = removeWhenStopped(partial);
  try {
    const report = await writeFolder(snapshot, partial, progress, limits);
    await swapIn(partial, target);
    return report;
  } finally {
    await snapshot.close();
    await rm(partial, { recursive: true, force: true });
    leave();
  }
}

/** @throws AppError BAD_USER_INPUT for a folder with anything but an export */
async function refuseOthers(folder: string): Promise<void> {
  if (!(await isOccupied(folder)) || (await isExport(folder))) return;
  throw new AppError(
    'BAD_USER_INPUT',
    `${folder} has files that an export did not write; choose another folder`,
  );
}

/** True for a folder with nothing but what an export writes. */
async function isExport(folder: string): Promise<boolean> {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).map((entry) =>
    relative(folder, join(entry.parentPath, entry.name)),
  );
  if (!names.every((name) => OWN_FILE.test(name))) return false;
  const text = await readFile(join(folder, DATASET_FILE), 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  });
  return text !== null && isDescription(text);
}

function isDescription(text: string): boolean {
  try {
    return descriptionSchema.safeParse(JSON.parse(text)).success;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

async function writeFolder(
  snapshot: Snapshot,
  folder: string,
  progress: Progress,
  limits: ExportLimits,
): Promise<Omit<ExportReport, 'folder'>> {
  const { dataset } = snapshot;
  if (!dataset)
    throw new AppError('BAD_DATA', 'the database is empty; import a data set with `npm run seed`');
  const facts = { 'pocketrocket.dataset': dataset.name, 'pocketrocket.identity': dataset.identity };
  for (const name of ['ratings', 'users', 'movies']) await mkdir(join(folder, name), { recursive: true });
  const { rows: ratings, files } = await writeRatings(
    snapshot,
    join(folder, 'ratings'),
    facts,
    progress,
    limits,
  );
  const users = await writeUsers(snapshot, join(folder, 'users'), facts, limits);
  const movies = await writeMovies(snapshot, join(folder, 'movies'), facts);
  const report = { ...dataset, movies, users, ratings, ratingFiles: files };
  await writeFile(
    join(folder, DATASET_FILE),
    `${JSON.stringify({ formatVersion: FORMAT, ...report }, null, 2)}\n`,
    { flush: true },
  );
  return report;
}

async function writeRatings(
  snapshot: Snapshot,
  folder: string,
  facts: Readonly<Record<string, string>>,
  progress: Progress,
  { rowsPerGroup = ROWS_PER_GROUP, rowsPerFile = ROWS_PER_FILE }: ExportLimits,
): Promise<{ rows: number; files: number }> {
  const total = tableOf(snapshot, 'rating').numRows + tableOf(snapshot, 'app_rating').numRows;
  const stage = progress.stage('writing ratings', total, 'ratings');
  let files = 0;
  let rows = 0;
  let rowsInFile = 0;
  let file: ParquetFile | null = null;
  let group = emptyRatings();
  const flush = async (): Promise<void> => {
    file ??= new ParquetFile(join(folder, partName(files++)), RATINGS, facts);
    await file.writeGroup(group);
    rowsInFile += group.userId.length;
    stage.update((rows += group.userId.length));
    group = emptyRatings();
    if (rowsInFile < rowsPerFile) return;
    await file.finish();
    file = null;
    rowsInFile = 0;
  };
  for await (const [userId, movieId, halfStars, ratedAtSeconds] of ratingsOf(snapshot)) {
    group.userId.push(Number(userId));
    group.movieId.push(Number(movieId));
    group.halfStars.push(Number(halfStars));
    group.ratedAtSeconds.push(ratedAtSeconds === null ? null : Number(ratedAtSeconds));
    if (group.userId.length >= rowsPerGroup) await flush();
  }
  // A data set without ratings has one file without rows, so that readers find the columns.
  if (group.userId.length > 0 || files === 0) await flush();
  await (file as ParquetFile | null)?.finish();
  stage.finish();
  return { rows, files };
}

/** All ratings, then those of apps' users of movies that are there: to be learnt from too. */
async function* ratingsOf(snapshot: Snapshot): AsyncGenerator<Row> {
  yield* rowsOf(snapshot, 'rating', Object.keys(RATINGS));
  if (tableOf(snapshot, 'app_rating').numRows === 0) return;
  const movieIds = new Set<number>();
  for await (const [movieId] of rowsOf(snapshot, 'movie', ['movieId'])) movieIds.add(Number(movieId));
  for await (const row of rowsOf(snapshot, 'app_rating', Object.keys(RATINGS)))
    if (movieIds.has(Number(row[1]))) yield row;
}

function emptyRatings() {
  return {
    userId: [] as number[],
    movieId: [] as number[],
    halfStars: [] as number[],
    ratedAtSeconds: [] as (number | null)[],
  };
}

/**
 * Writes the ids of all users but those of apps, who have their lists from their apps: of those without ratings nothing else tells.
 * @returns their number
 */
async function writeUsers(
  snapshot: Snapshot,
  folder: string,
  facts: Readonly<Record<string, string>>,
  { rowsPerGroup = ROWS_PER_GROUP }: ExportLimits,
): Promise<number> {
  const file = new ParquetFile(join(folder, partName(0)), USERS, facts);
  let users = 0;
  let group: number[] = [];
  const flush = async (): Promise<void> => {
    await file.writeGroup({ userId: group });
    users += group.length;
    group = [];
  };
  for await (const [userId] of rowsOf(snapshot, 'user', ['userId'])) {
    group.push(Number(userId));
    if (group.length >= rowsPerGroup) await flush();
  }
  if (group.length > 0 || users === 0) await flush();
  await file.finish();
  return users;
}

/** @returns the number of movies */
async function writeMovies(
  snapshot: Snapshot,
  folder: string,
  facts: Readonly<Record<string, string>>,
): Promise<number> {
  const names = new Map<number, string>();
  for await (const [genreId, name] of rowsOf(snapshot, 'genre', ['genreId', 'name'])) {
    names.set(Number(genreId), String(name));
  }
  const genres = new Map<number, string[]>();
  for await (const [movieId, genreId] of rowsOf(snapshot, 'movie_genre', ['movieId', 'genreId'])) {
    const name = names.get(Number(genreId));
    if (name === undefined) continue;
    const found = genres.get(Number(movieId));
    if (found) found.push(name);
    else genres.set(Number(movieId), [name]);
  }
  const columns = {
    movieId: [] as number[],
    title: [] as string[],
    releaseYear: [] as (number | null)[],
    genres: [] as string[][],
  };
  for await (const [movieId, title, year] of rowsOf(snapshot, 'movie', ['movieId', 'title', 'releaseYear'])) {
    columns.movieId.push(Number(movieId));
    columns.title.push(String(title));
    columns.releaseYear.push(year === null ? null : Number(year));
    columns.genres.push((genres.get(Number(movieId)) ?? []).sort());
  }
  const file = new ParquetFile(join(folder, partName(0)), MOVIES, facts);
  await file.writeGroup(columns);
  await file.finish();
  return columns.movieId.length;
}

/** The rows of a table of the snapshot, with the columns asked for in their order. */
async function* rowsOf(snapshot: Snapshot, name: string, columns: readonly string[]): AsyncGenerator<Row> {
  const table = tableOf(snapshot, name);
  const places = columns.map((column) => table.columns.indexOf(column));
  for await (const rows of snapshot.rows(table)) {
    for (const row of rows) yield places.map((place) => row[place] ?? null);
  }
}

function tableOf(snapshot: Snapshot, name: string): Snapshot['tables'][number] {
  const table = snapshot.tables.find((one) => one.name === name);
  if (table) return table;
  throw new AppError(
    'ENVIRONMENT',
    `the database has no table ${name}: start the server once, which makes it`,
  );
}

function partName(place: number): string {
  return `part-${String(place).padStart(5, '0')}.parquet`;
}
