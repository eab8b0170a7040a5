import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { AppError, messageOf, systemErrorCode } from '@pocketrocket/runtime';
import { RatingTableBuilder } from './ratingTable.ts';
import type { RatingTable } from './ratingTable.ts';

const MAX_ID = 2 ** 31 - 1;

/**
 * Reads ratings from CSV or CSV.gz with a header that names `userId`, `movieId`, `rating` and, where times are known,
 * `timestamp`, in any order. An empty timestamp is unknown.
 * @throws AppError NOT_FOUND or BAD_DATA naming file and line
 */
export async function readRatingsCsv(path: string): Promise<RatingTable> {
  const table = new RatingTableBuilder();
  await readCsv(path, ['userId', 'movieId', 'rating'], ['timestamp'], (cells, line) => {
    const [userId = '', movieId = '', rating = '', timestamp = ''] = cells;
    table.add(
      parseId(userId, 'userId', line),
      parseId(movieId, 'movieId', line),
      parseNumber(rating, 'rating', line, (stars) => stars >= 0.5 && stars <= 5),
      timestamp === '' ? NaN : parseNumber(timestamp, 'timestamp', line, Number.isFinite),
    );
  });
  return table.build();
}

/**
 * Reads years of release by movie from CSV or CSV.gz with the columns `movieId` and `releaseYear`; movies without a year
 * are left out.
 * @throws AppError NOT_FOUND or BAD_DATA naming file and line
 */
export async function readReleaseYearsCsv(path: string): Promise<Map<number, number>> {
  const years = new Map<number, number>();
  await readCsv(path, ['movieId', 'releaseYear'], [], (cells, line) => {
    const [movieId = '', year = ''] = cells;
    if (year === '') return;
    years.set(parseId(movieId, 'movieId', line), parseNumber(year, 'releaseYear', line, Number.isInteger));
  });
  return years;
}

/**
 * Reads negatives by user from CSV or CSV.gz with the columns `userId` and `movieId`, in file order.
 * @throws AppError NOT_FOUND or BAD_DATA naming file and line
 */
export async function readNegativesCsv(path: string): Promise<Map<number, number[]>> {
  const byUser = new Map<number, number[]>();
  await readCsv(path, ['userId', 'movieId'], [], (cells, line) => {
    const userId = parseId(cells[0] ?? '', 'userId', line);
    const movieId = parseId(cells[1] ?? '', 'movieId', line);
    const movieIds = byUser.get(userId);
    if (movieIds) movieIds.push(movieId);
    else byUser.set(userId, [movieId]);
  });
  return byUser;
}

/** Hands each record's wanted cells, in the order of `required` then `optional` columns, to `onRecord`. */
async function readCsv(
  path: string,
  required: readonly string[],
  optional: readonly string[],
  onRecord: (cells: string[], line: number) => void,
): Promise<void> {
  let positions: number[] | undefined;
  const parser = parse({
    bom: true,
    skip_empty_lines: true,
    trim: true,
    // Records are taken here and not passed on: only here is the line known to which each belongs.
    on_record(record: string[], { lines }) {
      if (positions)
        onRecord(
          positions.map((position) => record[position] ?? ''),
          lines,
        );
      else positions = findColumns(record, required, optional);
    },
  });
  parser.resume();
  const bytes = createReadStream(path);
  try {
    if (path.endsWith('.gz')) await pipeline(bytes, createGunzip(), parser);
    else await pipeline(bytes, parser);
    if (!positions) throw new BadRow(`the file is empty; expected the columns ${required.join(', ')}`);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT')
      throw new AppError('NOT_FOUND', `there is no file ${path}`, { cause: error });
    throw new AppError('BAD_DATA', `${basename(path)}: ${messageOf(error)}`, { cause: error });
  }
}

function findColumns(
  header: readonly string[],
  required: readonly string[],
  optional: readonly string[],
): number[] {
  const missing = required.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new BadRow(`line 1 lacks the column ${missing.join(', ')}; its columns are ${header.join(', ')}`);
  }
  return [...required, ...optional].map((column) => header.indexOf(column));
}

class BadRow extends Error {}

function parseId(text: string, column: string, line: number): number {
  return parseNumber(text, column, line, (id) => Number.isInteger(id) && id >= 0 && id <= MAX_ID);
}

function parseNumber(
  text: string,
  column: string,
  line: number,
  isValid: (value: number) => boolean,
): number {
  const value = Number(text);
  if (text === '' || !isValid(value)) throw new BadRow(`line ${line}: "${text}" is no valid ${column}`);
  return value;
}
