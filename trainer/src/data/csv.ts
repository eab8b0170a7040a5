import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError, messageOf, systemErrorCode } from '@pocketrocket/runtime';
import {
  csv,
  csvRatings,
  csvUserMovies,
  FormatError,
  RatingIds,
  readId,
  parseYear,
  placeOf,
  problemText,
  RatingChecker,
  readCheckedRatings,
  readRatingBlocks,
  readRows,
  SkippedRows,
  tableNotes,
  UNKNOWN_TIME,
  valueOf,
  type IdColumn,
  type RatingOptions,
  type RatingTable as SourceRatings,
  type SourceBlock,
} from '@pocketrocket/formats';
import { latestRatings } from './latestRatings.ts';
import { RatingTableBuilder, type RatingTable } from './ratingTable.ts';

/** The options of a file of ratings, as `npm run seed` reads it. */
export interface ReadingOptions extends Partial<RatingOptions> {
  /** One for all files of an evaluation: ids that are no plain numbers get the same numbers in each. */
  ids?: RatingIds;
  /** Leave out what cannot be used, and say so; else the first such row is refused. */
  allowSkipped?: boolean;
  /** Refuse the first row that cannot be used, before the others are looked at. */
  strict?: boolean;
  /** Says what was left out. */
  say?: (line: string) => void;
}

/**
 * Reads ratings from CSV or CSV.gz as imports do, in file order: any usual names of columns, separators, encodings and times. Of the ratings of one user and movie the latest counts. On the
 * scale `counts` the ratings are counts; see `countsToStars`.
 * @throws AppError NOT_FOUND, or BAD_DATA naming file and line and the likely cause
 */
export async function readRatingsCsv(path: string, options: ReadingOptions = {}): Promise<RatingTable> {
  const {
    scale = null,
    timeUnit = null,
    ids,
    allowSkipped = false,
    strict = false,
    say = () => {},
  } = options;
  const builder = new RatingTableBuilder();
  const checker = new RatingChecker({ scale, timeUnit }, ids);
  const skipped = new SkippedRows({
    strict,
    allowSkipped,
    toleratesNothing: true,
    takesConstant: true,
    scale: scale ?? 'stars',
  });
  await readCsv(path, async (file, chunks) => {
    const table = tableOf(file, chunks);
    for await (const block of readCheckedRatings(table, { checker, skipped }))
      addBlock(builder, block, scale === 'counts' ? 1 : 0.5);
  });
  skipped.describe().forEach(say);
  const { table, numLeftOut } = latestRatings(builder.build());
  if (scale === null && areOnes(table.ratings)) {
    say(`${basename(path)}: every rating is 1: they are taken as implicit feedback, all liked`);
    table.ratings.fill(MAX_STARS);
  }
  if (numLeftOut > 0)
    say(`${basename(path)}: rated again: ${numLeftOut} ratings were left out, as a later one counts`);
  return table;
}

/** Stars of what somebody liked. */
const MAX_STARS = 5;

/** Fewer may be ones by chance. */
const LEAST_ONES = 5;

function areOnes(ratings: Float32Array): boolean {
  return ratings.length >= LEAST_ONES && ratings.every((rating) => rating === 1);
}

function tableOf(file: string, chunks: AsyncIterable<Uint8Array>): SourceRatings {
  const notes = tableNotes();
  return {
    file,
    sizeBytes: 0,
    notes,
    rows: () => readRows(csvRatings, file, chunks, notes),
    blocks: (plain) => readRatingBlocks(csvRatings, file, chunks, plain, notes),
  };
}

/** @param unit stars, or counts, that one of the block's numbers stands for */
function addBlock(builder: RatingTableBuilder, block: SourceBlock, unit: number): void {
  const { length, userIds, movieIds, halfStars, ratedAtSeconds } = block;
  for (let index = 0; index < length; index++) {
    const at = ratedAtSeconds[index] ?? UNKNOWN_TIME;
    builder.add(
      userIds[index] ?? 0,
      movieIds[index] ?? 0,
      (halfStars[index] ?? 0) * unit,
      at === UNKNOWN_TIME ? NaN : at,
    );
  }
}

/**
 * Reads years of release by movie from the `movies.csv` of a converted data set; movies without a year are left out.
 * @throws AppError NOT_FOUND or BAD_DATA naming file and line
 */
export async function readReleaseYearsCsv(path: string, ids = new RatingIds()): Promise<Map<number, number>> {
  const years = new Map<number, number>();
  await readCsv(path, async (file, chunks) => {
    for await (const rows of readRows(csv.movies, file, chunks)) {
      for (const { row, line } of rows) {
        const movieId = idIn(row?.movieId, ids.movies, file, line);
        const text = valueOf(row?.releaseYear ?? '');
        if (text === '') continue;
        const year = parseYear(text);
        if (year === null)
          throw new FormatError(`${placeOf(file, line, text)}: releaseYear is not a year`, file, line);
        years.set(movieId, year);
      }
    }
  });
  return years;
}

/**
 * Reads negatives by user from CSV or CSV.gz with the columns `userId` and `movieId`, in file order.
 * @throws AppError NOT_FOUND or BAD_DATA naming file and line
 */
export async function readNegativesCsv(path: string, ids = new RatingIds()): Promise<Map<number, number[]>> {
  const byUser = new Map<number, number[]>();
  await readCsv(path, async (file, chunks) => {
    for await (const rows of readRows(csvUserMovies, file, chunks)) {
      for (const { row, line } of rows) {
        const userId = idIn(row?.userId, ids.users, file, line);
        const movieId = idIn(row?.movieId, ids.movies, file, line);
        const movieIds = byUser.get(userId);
        if (movieIds) movieIds.push(movieId);
        else byUser.set(userId, [movieId]);
      }
    }
    if (byUser.size === 0) throw new FormatError(`${file} has no rows`, file, null);
  });
  return byUser;
}

/** @param text undefined where the line has the wrong number of columns */
function idIn(text: string | undefined, column: IdColumn, file: string, line: number): number {
  const id = readId(text ?? '', column);
  if (id !== null) return id;
  const kind = text === undefined ? 'columnCount' : 'badId';
  throw new FormatError(`${placeOf(file, line, text)}: ${problemText(kind)}`, file, line);
}

/** Reads a file, unpacked where its name ends in `.gz`. @throws AppError NOT_FOUND or BAD_DATA */
async function readCsv(
  path: string,
  read: (file: string, chunks: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const file = basename(path);
  const stored = createReadStream(path, { highWaterMark: 1 << 18 });
  const bytes = path.endsWith('.gz') ? pipeline(stored, createGunzip(), () => {}) : stored;
  try {
    await read(file, bytes as AsyncIterable<Uint8Array>);
  } catch (error) {
    if (error instanceof FormatError) throw new AppError('BAD_DATA', error.message, { cause: error });
    if (systemErrorCode(error) === 'ENOENT')
      throw new AppError('NOT_FOUND', `there is no file ${path}`, { cause: error });
    throw new AppError('BAD_DATA', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
