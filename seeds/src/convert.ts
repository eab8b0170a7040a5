import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, systemErrorCode } from '@pocketrocket/runtime';
import { stringify } from 'csv-stringify/sync';
import type { Dataset } from './dataset/dataset.ts';
import { describeRatedAgain } from './dataset/knownFacts.ts';
import {
  FIRST_MAPPED_ID,
  RatingChecker,
  readCheckedRatings,
  SkippedRows,
  UNKNOWN_TIME,
  type IdColumn,
  type RatingReading,
  type RowSource,
} from '@pocketrocket/formats';
import { readDataset, type ReadOptions } from './dataset/readDataset.ts';
import { reportOf, type SeedReport } from './importDataset.ts';
import { isOccupied, swapIn } from './output/folder.ts';
import { toHalfStarBlock } from './ratings/sortedRatings.ts';
import type { OpenSource } from './sources/index.ts';

/** A file in a converted folder that names its source. */
const STAMP_FILE = 'source.json';
/** Raise it when the output changes: folders written before are then written anew. */
const LAYOUT = 3;
const CHARACTERS_PER_WRITE = 1 << 18;

export interface Conversion {
  report: SeedReport;
  /** Rows left out, for people; empty where a folder was reused. */
  skipped: string[];
}

/**
 * Writes a data set as plain CSV, with its own ids: `movies.csv`, `links.csv`, and `ratings.csv` in the order of the source. The folder
 * appears whole, by a rename; one that was made from the same source is left as it is.
 * @throws AppError BAD_DATA; BAD_USER_INPUT when the folder holds something else
 */
export async function convert(source: OpenSource, out: string, options: ReadOptions): Promise<Conversion> {
  const target = resolve(out);
  const known = await readStamp(target);
  const fingerprint = fingerprintOf(source, options);
  if (known?.fingerprint === fingerprint && known.layout === LAYOUT) {
    return { report: { ...known.report, status: 'reused' }, skipped: [] };
  }
  if (!known && (await isOccupied(target))) {
    throw new AppError(
      'BAD_USER_INPUT',
      `${target} has files that convert did not write; choose another folder`,
    );
  }
  const dataset = await readDataset(source.rows, { ...options, withoutTags: true });
  const report = reportOf(dataset, 'converted');
  const partial = `${target}.${process.pid}.part`;
  try {
    await mkdir(partial, { recursive: true });
    await writeFile(join(partial, 'movies.csv'), moviesCsv(dataset));
    await writeFile(join(partial, 'links.csv'), linksCsv(dataset));
    await writeRatings(source.rows, dataset, join(partial, 'ratings.csv'), options);
    const stamp: Stamp = { layout: LAYOUT, fingerprint, report };
    await writeFile(join(partial, STAMP_FILE), `${JSON.stringify(stamp, null, 2)}\n`);
    await swapIn(partial, target);
  } finally {
    dataset.release();
    await rm(partial, { recursive: true, force: true });
  }
  return {
    report,
    skipped: [
      ...dataset.skipped.describe(),
      ...describeRatedAgain(dataset.ratedAgain, dataset.duplicateLines.length),
    ],
  };
}

/** Changes with the source, and with how its ratings are read. */
function fingerprintOf({ fingerprint }: OpenSource, { scale, timeUnit }: ReadOptions): string {
  return [fingerprint, scale, timeUnit].filter((part) => part !== undefined && part !== null).join('-');
}

interface Stamp {
  layout: number;
  fingerprint: string;
  report: SeedReport;
}

async function readStamp(folder: string): Promise<Stamp | null> {
  try {
    return JSON.parse(await readFile(join(folder, STAMP_FILE), 'utf8')) as Stamp;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function moviesCsv({ movies, ids }: Dataset): string {
  return stringify(
    movies.map(({ movieId, title, releaseYear, genres }) => [
      ids.movies.textOf(movieId),
      title,
      releaseYear,
      genres.join('|'),
    ]),
    { header: true, columns: ['movieId', 'title', 'releaseYear', 'genres'] },
  );
}

function linksCsv({ movies, ids }: Dataset): string {
  return stringify(
    movies
      .filter(({ imdbId, tmdbId }) => imdbId !== null || tmdbId !== null)
      .map(({ movieId, imdbId, tmdbId }) => [ids.movies.textOf(movieId), imdbId, tmdbId]),
    { header: true, columns: ['movieId', 'imdbId', 'tmdbId'] },
  );
}

async function writeRatings(
  source: RowSource,
  dataset: Dataset,
  path: string,
  options: ReadOptions,
): Promise<void> {
  await pipeline(Readable.from(ratingsCsv(source, dataset, options)), createWriteStream(path));
}

/** The lines in file order, in pieces: the source is read a second time, as what is sorted is in no such order. */
async function* ratingsCsv(
  { ratings }: RowSource,
  { movieIndex, ids, quintiles, duplicateLines }: Dataset,
  { progress, scale = null, timeUnit = null }: ReadOptions,
): AsyncGenerator<string> {
  let numLeftOut = 0;
  let text = 'userId,movieId,rating,timestamp\n';
  const stage = progress.stage('writing ratings', ratings.sizeBytes, 'B');
  const reading: RatingReading = {
    checker: new RatingChecker({ scale, timeUnit }, ids),
    // What is wrong with the others was said when they were read the first time.
    skipped: new SkippedRows({ strict: false, allowSkipped: true }),
    hasMovie: (movieId) => movieIndex.indexOf(movieId) >= 0,
    onBytes: (readBytes) => stage.update(readBytes),
  };
  for await (const scores of readCheckedRatings(ratings, reading)) {
    const block = toHalfStarBlock(scores, quintiles);
    for (let index = 0; index < block.length; index++) {
      if (block.lines[index] === duplicateLines[numLeftOut]) {
        numLeftOut++;
        continue;
      }
      const at = block.ratedAtSeconds[index] ?? UNKNOWN_TIME;
      const stars = (block.halfStars[index] ?? 0) / 2;
      const user = idField(ids.users, block.userIds[index] ?? 0);
      const movie = idField(ids.movies, block.movieIds[index] ?? 0);
      text += `${user},${movie},${stars},${at === UNKNOWN_TIME ? '' : at}\n`;
    }
    if (text.length < CHARACTERS_PER_WRITE) continue;
    yield text;
    text = '';
  }
  yield text;
  stage.finish();
}

/** An id as the source writes it, as a field of CSV. */
function idField(column: IdColumn, number: number): string | number {
  if (number < FIRST_MAPPED_ID) return number;
  const text = column.textOf(number);
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
