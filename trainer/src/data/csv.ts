import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError, messageOf, systemErrorCode } from '@pocketrocket/runtime';
import {
  appendRating,
  csvRatings,
  csv,
  csvUserMovies,
  describeProblem,
  FormatError,
  parseInt32,
  readRatingBlocks,
  readRows,
  sourceBlock,
  UNKNOWN_TIME,
  type RatingProblem,
  type SourceBlock,
} from '@pocketrocket/formats';
import { RatingTableBuilder, type RatingTable } from './ratingTable.ts';

/**
 * Reads ratings from CSV or CSV.gz as imports do: a header that names `userId`, `movieId`, `rating` and, where times are known,
 * `timestamp`, in any order; ratings in half stars; an empty timestamp is unknown.
 * @throws AppError NOT_FOUND or BAD_DATA naming file and line
 */
export async function readRatingsCsv(path: string): Promise<RatingTable> {
  const table = new RatingTableBuilder();
  const single = sourceBlock(1);
  let count = 0;
  await readCsv(path, async (file, chunks) => {
    for await (const part of readRatingBlocks(csvRatings, file, chunks)) {
      count += part.length;
      if ('lines' in part) {
        addBlock(table, part);
        continue;
      }
      for (const row of part) {
        single.length = 0;
        const problem = appendRating(row, single, () => true);
        if (problem) throw new FormatError(describeProblem(file, row.line, problem), file, row.line);
        addBlock(table, single);
      }
    }
    if (count === 0) throw new FormatError(`${file} has no ratings`, file, null);
  });
  return table.build();
}

function addBlock(table: RatingTableBuilder, block: SourceBlock): void {
  const { length, userIds, movieIds, halfStars, ratedAtSeconds } = block;
  for (let index = 0; index < length; index++) {
    const at = ratedAtSeconds[index] ?? UNKNOWN_TIME;
    table.add(
      userIds[index] ?? 0,
      movieIds[index] ?? 0,
      (halfStars[index] ?? 0) / 2,
      at === UNKNOWN_TIME ? NaN : at,
    );
  }
}

/**
 * Reads years of release by movie from the `movies.csv` of a converted data set; movies without a year are left out.
 * @throws AppError NOT_FOUND or BAD_DATA naming file and line
 */
export async function readReleaseYearsCsv(path: string): Promise<Map<number, number>> {
  const years = new Map<number, number>();
  await readCsv(path, async (file, chunks) => {
    for await (const rows of readRows(csv.movies, file, chunks)) {
      for (const { row, line } of rows) {
        const movieId = idIn(row?.movieId, file, line);
        if (!row?.releaseYear) continue;
        const year = parseInt32(row.releaseYear);
        if (year === null)
          throw new FormatError(
            `${file}:${line} (${row.releaseYear}): releaseYear is not a year`,
            file,
            line,
          );
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
export async function readNegativesCsv(path: string): Promise<Map<number, number[]>> {
  const byUser = new Map<number, number[]>();
  await readCsv(path, async (file, chunks) => {
    for await (const rows of readRows(csvUserMovies, file, chunks)) {
      for (const { row, line } of rows) {
        const userId = idIn(row?.userId, file, line);
        const movieId = idIn(row?.movieId, file, line);
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
function idIn(text: string | undefined, file: string, line: number): number {
  const id = parseInt32(text ?? '');
  if (id !== null) return id;
  const problem: RatingProblem =
    text === undefined ? { kind: 'columnCount' } : { kind: 'badId', value: text };
  throw new FormatError(describeProblem(file, line, problem), file, line);
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
