import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meanRatingOf, MovieTallies } from '@pocketrocket/schema/database';
import { AppError, type Progress } from '@pocketrocket/runtime';
import { MovieIndex } from '../ratings/movieIndex.ts';
import type { SortedRatings } from '../ratings/sortedRatings.ts';
import { RatingSorter, sortedFile } from '../ratings/sortRatings.ts';
import { SpillFolder } from '../ratings/spillFolder.ts';
import type { Dataset, DatasetMovie } from './dataset.ts';
import {
  GenreNames,
  parseInt32,
  type RawLinks,
  type RawMovie,
  type RowSource,
  type SourceTable,
  parseMovieLensTitle,
} from '@pocketrocket/formats';
import { IdentityDigest } from './identity.ts';
import { readRatings } from './readRatings.ts';
import { SkippedRows, type SkippedSnapshot } from './skippedRows.ts';

/** Limits of the database's columns, in characters. */
const MAX_TITLE_LENGTH = 300;
const MAX_GENRE_LENGTH = 60;

export interface ReadOptions {
  /** End at the first bad row. */
  strict: boolean;
  progress: Progress;
  /** The folder for ratings that do not fit in memory, and the key to sorts kept there; a temporary folder without it. */
  spill?: {
    folder: string;
    /** Changes when the source does. */
    fingerprint: string;
  };
  /** Number of ratings that are sorted in memory; see `RatingSorter`. */
  ratingsInMemory?: number;
}

/** Findings of the reading that a kept sort comes from. */
interface KeptReport {
  skipped: SkippedSnapshot;
  duplicateLines: number[];
}

/**
 * Reads a data set whole and checks it row by row, in bounded memory; bad rows are left out and counted. Ratings that an interrupted
 * import of the same source left sorted are used again.
 * @throws AppError BAD_DATA when nothing usable is left, or at the first bad row when strict; ENVIRONMENT when the disk is full
 */
export async function readDataset(source: RowSource, options: ReadOptions): Promise<Dataset> {
  const { strict, progress } = options;
  const skipped = new SkippedRows(strict);
  const movies = await readMovies(source.movies, skipped, progress);
  if (movies.size === 0) {
    throw new AppError(
      'BAD_DATA',
      [`${source.movies.file} has no usable movie`, ...skipped.describe()].join('\n'),
    );
  }
  if (source.links) await readLinks(source.links, movies, skipped, progress);
  const byId = [...movies.values()].sort((left, right) => left.movieId - right.movieId);
  const movieIndex = new MovieIndex(byId.map(({ movieId }) => movieId));
  const spill = new SpillFolder<KeptReport>(
    options.spill?.folder ?? join(tmpdir(), 'pocketrocket-imports'),
    spillKey(options),
  );
  try {
    const known = useKept(spill, byId, movieIndex, progress);
    if (known) skipped.restore(known.report.skipped);
    const sorted = known ?? (await sortRatings(source, movieIndex, skipped, spill, options));
    if (sorted.ratings.length === 0) {
      throw new AppError(
        'BAD_DATA',
        [`${source.ratings.file} has no usable rating`, ...skipped.describe()].join('\n'),
      );
    }
    const summary = known?.summary ?? summarise(sorted.ratings, byId, movieIndex, progress);
    if (sorted.isSpilt && options.spill && !known)
      spill.keep({
        identity: summary.identity,
        length: sorted.ratings.length,
        report: { skipped: skipped.snapshot(), duplicateLines: [...sorted.duplicateLines] },
      });
    return {
      name: source.name,
      synthetic: source.synthetic,
      ...summary,
      movies: byId,
      movieIndex,
      genres: [...new Set(byId.flatMap(({ genres }) => genres))].sort(),
      ratings: sorted.ratings,
      duplicateLines: sorted.duplicateLines,
      skipped,
      release(keep) {
        if (keep === 'keep') spill.leave();
        else spill.remove();
      },
    };
  } catch (error) {
    spill.remove();
    throw error;
  }
}

function spillKey({ spill, strict }: ReadOptions): string {
  return spill ? `${spill.fingerprint.slice(0, 24)}${strict ? '-strict' : ''}` : 'unnamed';
}

interface Sorted {
  ratings: SortedRatings;
  duplicateLines: Uint32Array;
  isSpilt: boolean;
}

async function sortRatings(
  source: RowSource,
  movies: MovieIndex,
  skipped: SkippedRows,
  spill: SpillFolder<KeptReport>,
  { progress, ratingsInMemory }: ReadOptions,
): Promise<Sorted> {
  spill.remove();
  const sorter = new RatingSorter({
    spillTo: () => spill.make(),
    ...(ratingsInMemory !== undefined && { ratingsInMemory }),
  });
  let numRead = 0;
  for await (const block of readRatings(source.ratings, movies, skipped, progress)) {
    sorter.add(block);
    numRead += block.length;
  }
  const stage = progress.stage('sorting ratings', numRead, 'ratings');
  const { ratings, duplicates, isSpilt } = sorter.finish((done) => stage.update(done));
  stage.finish();
  for (const { line, userId, movieId } of duplicates.first)
    skipped.add('duplicatePair', source.ratings.file, line, `user ${userId}, movie ${movieId}`);
  skipped.addUnseen('duplicatePair', duplicates.length - duplicates.first.length);
  return { ratings, duplicateLines: duplicates.sortedLines(), isSpilt };
}

/** A sort that an interrupted import finished, where it still says what it said then. */
function useKept(
  spill: SpillFolder<KeptReport>,
  movies: readonly DatasetMovie[],
  movieIndex: MovieIndex,
  progress: Progress,
) {
  const kept = spill.kept();
  if (!kept) return null;
  const ratings = sortedFile(spill.sortedPath, kept.length);
  const summary = summarise(ratings, movies, movieIndex, progress);
  if (summary.identity !== kept.identity) return null;
  const { report } = kept;
  return { ratings, summary, report, duplicateLines: Uint32Array.from(report.duplicateLines), isSpilt: true };
}

/** One pass over the ratings for everything that is said of them as a whole. */
function summarise(
  ratings: SortedRatings,
  movies: readonly DatasetMovie[],
  movieIndex: MovieIndex,
  progress: Progress,
): Pick<Dataset, 'identity' | 'movieTallies' | 'numUsers' | 'highestUserId' | 'meanRating'> {
  const digest = new IdentityDigest(movies);
  const movieTallies = new MovieTallies(movies.length);
  const stage = progress.stage('counting ratings', ratings.length, 'ratings');
  const indexOf = (movieId: number) => movieIndex.indexOf(movieId);
  let numUsers = 0;
  let lastUserId = -1;
  let halfStarSum = 0;
  let done = 0;
  for (const block of ratings.blocks()) {
    digest.add(block);
    movieTallies.add(block, indexOf);
    for (let index = 0; index < block.length; index++) {
      const userId = block.userIds[index] ?? 0;
      if (userId !== lastUserId) numUsers++;
      lastUserId = userId;
      halfStarSum += block.halfStars[index] ?? 0;
    }
    stage.update((done += block.length));
  }
  stage.finish();
  return {
    identity: digest.finish(),
    movieTallies,
    numUsers,
    highestUserId: lastUserId,
    meanRating: meanRatingOf(ratings.length, halfStarSum),
  };
}

async function readMovies(
  table: SourceTable<RawMovie>,
  skipped: SkippedRows,
  progress: Progress,
): Promise<Map<number, DatasetMovie>> {
  const movies = new Map<number, DatasetMovie>();
  const genreNames = new GenreNames();
  await eachRow(table, 'reading movies', skipped, progress, (row, line) => {
    const reject = (kind: Parameters<SkippedRows['add']>[0], value: string) =>
      skipped.add(kind, table.file, line, value);
    const movieId = parseInt32(row.movieId);
    if (movieId === null) return reject('badId', row.movieId);
    if (movies.has(movieId)) return reject('duplicateMovie', row.movieId);
    const parsed = parseTitle(row);
    if (!parsed) return reject('badYear', row.releaseYear ?? '');
    if (parsed.title === '' || parsed.title.length > MAX_TITLE_LENGTH) return reject('badTitle', row.title);
    const genres = genreNames.normalise(row.genres);
    const longGenre = genres.find((name) => name.length > MAX_GENRE_LENGTH);
    if (longGenre !== undefined) return reject('badGenre', longGenre);
    movies.set(movieId, { movieId, ...parsed, genres, imdbId: null, tmdbId: null });
  });
  return movies;
}

/** Title and year of a row; null where the year is none. */
function parseTitle({ title, releaseYear }: RawMovie) {
  if (releaseYear === null) return parseMovieLensTitle(title);
  if (releaseYear !== '' && !/^(18|19|20|21)\d\d$/.test(releaseYear)) return null;
  return {
    title: title.trim(),
    releaseYear: releaseYear === '' ? null : Number(releaseYear),
    alternativeTitles: [],
  };
}

async function readLinks(
  table: SourceTable<RawLinks>,
  movies: ReadonlyMap<number, DatasetMovie>,
  skipped: SkippedRows,
  progress: Progress,
): Promise<void> {
  await eachRow(table, 'reading links', skipped, progress, (row, line) => {
    const movieId = parseInt32(row.movieId);
    if (movieId === null) return skipped.add('badId', table.file, line, row.movieId);
    const movie = movies.get(movieId);
    if (!movie) return skipped.add('unknownMovie', table.file, line, row.movieId);
    const imdbId = row.imdbId.replace(/^tt/, '');
    for (const id of [imdbId, row.tmdbId]) {
      if (id !== '' && parseInt32(id) === null) return skipped.add('badId', table.file, line, id);
    }
    movie.imdbId = parseInt32(imdbId);
    movie.tmdbId = parseInt32(row.tmdbId);
  });
}

async function eachRow<T>(
  table: SourceTable<T>,
  stageName: string,
  skipped: SkippedRows,
  progress: Progress,
  use: (row: T, line: number) => void,
): Promise<void> {
  const stage = progress.stage(stageName, table.sizeBytes, 'B');
  for await (const batch of table.rows((readBytes) => stage.update(readBytes))) {
    for (const { row, line } of batch) {
      if (row) use(row, line);
      else skipped.add('columnCount', table.file, line);
    }
  }
  stage.finish();
}
