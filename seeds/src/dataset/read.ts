import { AppError, type Progress } from '@pocketrocket/schema/runtime';
import type { Dataset, DatasetMovie } from './dataset.ts';
import { GenreNames } from './genres.ts';
import { identityOf } from './identity.ts';
import { orderRatings, RatingColumns, UNKNOWN_TIME } from './ratingColumns.ts';
import type { RawLinks, RawMovie, RowSource, SourceTable } from './rows.ts';
import { SkippedRows } from './skipped.ts';
import { parseMovieLensTitle } from './titles.ts';

/** The largest number that an id or a time may be: the database's columns hold 32 bits. */
const MAX_INT32 = 2 ** 31 - 1;
/** What the database's columns hold. */
const MAX_TITLE_LENGTH = 300;
const MAX_GENRE_LENGTH = 60;

export interface ReadOptions {
  /** End at the first bad row. */
  strict: boolean;
  progress: Progress;
}

/**
 * Reads a data set whole and checks it row by row; bad rows are left out and counted.
 * @throws AppError BAD_DATA when nothing usable is left, or at the first bad row when strict
 */
export async function readDataset(source: RowSource, { strict, progress }: ReadOptions): Promise<Dataset> {
  const skipped = new SkippedRows(strict);
  const movies = await readMovies(source.movies, skipped, progress);
  if (movies.size === 0) {
    throw new AppError(
      'BAD_DATA',
      [`${source.movies.file} has no usable movie`, ...skipped.describe()].join('\n'),
    );
  }
  if (source.links) await readLinks(source.links, movies, skipped, progress);
  const ratings = await readRatings(source, movies, skipped, progress);
  const { order, duplicates, numUsers } = orderRatings(ratings);
  for (const index of duplicates) {
    const pair = `user ${ratings.userIds[index]}, movie ${ratings.movieIds[index]}`;
    skipped.add('duplicatePair', source.ratings.file, ratings.lineOf(index), pair);
  }
  if (order.length === 0) {
    throw new AppError(
      'BAD_DATA',
      [`${source.ratings.file} has no usable rating`, ...skipped.describe()].join('\n'),
    );
  }
  const byId = [...movies.values()].sort((left, right) => left.movieId - right.movieId);
  return {
    name: source.name,
    synthetic: source.synthetic,
    identity: identityOf({ movies: byId, ratings, order }),
    movies: byId,
    genres: [...new Set(byId.flatMap(({ genres }) => genres))].sort(),
    ratings,
    order,
    duplicates,
    numUsers,
    meanRating: meanStars(ratings, order),
    skipped,
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

async function readRatings(
  { ratings: table }: RowSource,
  movies: ReadonlyMap<number, DatasetMovie>,
  skipped: SkippedRows,
  progress: Progress,
): Promise<RatingColumns> {
  const ratings = new RatingColumns();
  await eachRow(table, 'reading ratings', skipped, progress, (row, line) => {
    const userId = parseInt32(row.userId);
    if (userId === null) return skipped.add('badId', table.file, line, row.userId);
    const movieId = parseInt32(row.movieId);
    if (movieId === null) return skipped.add('badId', table.file, line, row.movieId);
    if (!movies.has(movieId)) return skipped.add('unknownMovie', table.file, line, row.movieId);
    const halfStars = parseHalfStars(row.rating);
    if (halfStars === null) return skipped.add('ratingOffScale', table.file, line, row.rating);
    const ratedAtSeconds = row.timestamp === '' ? UNKNOWN_TIME : parseInt32(row.timestamp);
    if (ratedAtSeconds === null) return skipped.add('badTime', table.file, line, row.timestamp);
    ratings.push(userId, movieId, halfStars, ratedAtSeconds, line);
  });
  return ratings;
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

/** A whole number from 0 to 2³¹ − 1, else null. */
function parseInt32(text: string): number | null {
  if (!/^\d{1,15}$/.test(text)) return null;
  const value = Number(text);
  return value <= MAX_INT32 ? value : null;
}

/** Stars from 0.5 to 5 in half steps as 1 … 10, else null. */
function parseHalfStars(text: string): number | null {
  if (!/^\d(\.\d+)?$/.test(text)) return null;
  const halfStars = Number(text) * 2;
  return Number.isInteger(halfStars) && halfStars >= 1 && halfStars <= 10 ? halfStars : null;
}

function meanStars(ratings: RatingColumns, order: Uint32Array): number {
  let sum = 0;
  for (const index of order) sum += ratings.halfStars[index] ?? 0;
  return sum / 2 / order.length;
}
