import { AppError } from '@pocketrocket/runtime';
import {
  causeOfMovies,
  FIRST_MAPPED_ID,
  GenreNames,
  genreSplitter,
  IdColumn,
  NUMBERS_END,
  parseId,
  type RawLinks,
  type RawMovie,
  type SkippedRows,
  type SourceTable,
} from '@pocketrocket/formats';
import type { DatasetMovie } from './dataset.ts';
import { readImdbId, readTitle, readTmdbId } from './movieFields.ts';
import { NOTHING_KNOWN, settleNumbers, type KnownIds } from './numbering.ts';
import type { Reading } from './reading.ts';

/** Limits of the database's columns, in characters. */
const MAX_TITLE_LENGTH = 300;
const MAX_GENRE_LENGTH = 60;

/** A movie by its id as `parseId` reads it. */
export type MoviesById = Map<number | string, DatasetMovie>;

/** The number of a movie until it has one. */
const UNNUMBERED = -1;

/** The genres of movies, as each of their rows writes them. */
type GenresOf = Map<DatasetMovie, RawMovie['genres'][]>;

/** The movies of a source, and what else their reading found. */
export interface ReadMovies {
  movies: MoviesById;
  /** Ids of those that are left out for a problem of their own. */
  rejected: Set<number | string>;
  /** Rows that repeat a movie, as one for each of its genres, and were joined with it. */
  numJoined: number;
}

/** Reads the movies of a source, with what their own columns say. @throws AppError BAD_DATA where none can be used; FormatError where too many cannot */
export async function readMovies({ source, skipped, options }: Reading): Promise<ReadMovies> {
  const table = source.movies;
  const movies: MoviesById = new Map();
  const rejected = new Set<number | string>();
  const genresOf: GenresOf = new Map();
  const lines = new Map<DatasetMovie, number>();
  let numJoined = 0;
  const numRows = await eachRow(table, 'reading movies', { skipped, options }, (row, line) => {
    const add = (kind: Parameters<SkippedRows['add']>[0], value: string) =>
      skipped.add(kind, table.file, line, value);
    const id = parseId(row.movieId);
    if (id === null) return add('badId', row.movieId);
    const { title, unreadYear, releaseYear, alternativeTitles } = readTitle(row);
    const known = movies.get(id);
    if (known) {
      const isSame = known.title === shortTitle(title) && known.releaseYear === releaseYear;
      if (!isSame || linksElsewhere(known, row)) return add('duplicateMovie', row.movieId);
      numJoined++;
      genresOf.get(known)?.push(row.genres);
      setLinks(known, row, add);
      return;
    }
    if (unreadYear !== null) add('badYear', unreadYear);
    if (title === '') {
      rejected.add(id);
      return add('badTitle', row.title);
    }
    if (title.length > MAX_TITLE_LENGTH) add('longTitle', title);
    const movie: DatasetMovie = {
      movieId: typeof id === 'number' ? id : UNNUMBERED,
      title: shortTitle(title),
      releaseYear,
      alternativeTitles,
      genres: [],
      imdbId: null,
      tmdbId: null,
    };
    setLinks(movie, row, add);
    movies.set(id, movie);
    rejected.delete(id);
    genresOf.set(movie, [row.genres]);
    lines.set(movie, line);
  });
  setGenres(genresOf, (movie, name) => skipped.add('badGenre', table.file, lines.get(movie) ?? 0, name));
  skipped.refuseTooMany(table.file, numRows, (kind) => causeOfMovies(kind, table.notes));
  if (movies.size > 0) return { movies, rejected, numJoined };
  throw new AppError('BAD_DATA', [`${table.file} has no usable movie`, ...skipped.describe()].join('\n'));
}

function shortTitle(title: string): string {
  return title.length > MAX_TITLE_LENGTH ? `${title.slice(0, MAX_TITLE_LENGTH - 1)}…` : title;
}

/** Gives the movies whose ids are no plain numbers their numbers, and returns the column of all ids. */
export async function numberMovies(movies: MoviesById, known: KnownIds = NOTHING_KNOWN): Promise<IdColumn> {
  const column = new IdColumn({ plainBelow: NUMBERS_END });
  const taken = new Set<number>();
  for (const id of movies.keys()) {
    if (typeof id === 'string') column.numberOf(id);
    else if (id >= FIRST_MAPPED_ID) taken.add(id);
  }
  await settleNumbers(column, known.movies, { taken });
  for (const [id, movie] of movies) movie.movieId = column.numberOf(id);
  return column;
}

/** Gives movies their genres, now that the whole column says how they are separated. */
function setGenres(
  genresOf: Readonly<GenresOf>,
  onLongGenre: (movie: DatasetMovie, name: string) => void,
): void {
  const texts = [...genresOf.values()].flat().filter((genres) => typeof genres === 'string');
  const split = genreSplitter(texts);
  const names = new GenreNames();
  for (const [movie, rows] of genresOf) {
    const named = rows.flatMap((genres) => (typeof genres === 'string' ? split(genres) : genres));
    const all = names.normalise(named);
    movie.genres = all.filter((name) => name.length <= MAX_GENRE_LENGTH);
    const tooLong = all.find((name) => name.length > MAX_GENRE_LENGTH);
    if (tooLong !== undefined) onLongGenre(movie, tooLong);
  }
}

/** True where a row names another film at IMDb or TMDB than an earlier one of the same movie. */
function linksElsewhere(known: DatasetMovie, { imdbId = '', tmdbId = '' }: Links): boolean {
  const imdb = readImdbId(imdbId) ?? known.imdbId;
  const tmdb = readTmdbId(tmdbId) ?? known.tmdbId;
  return imdb !== (known.imdbId ?? imdb) || tmdb !== (known.tmdbId ?? tmdb);
}

type Links = Partial<Pick<RawLinks, 'imdbId' | 'tmdbId'>>;

/** Sets the ids that a row has; one that is none costs itself alone. */
function setLinks(
  movie: DatasetMovie,
  { imdbId = '', tmdbId = '' }: Links,
  onBad: (kind: 'badLink', value: string) => void,
): void {
  const imdb = readImdbId(imdbId);
  const tmdb = readTmdbId(tmdbId);
  if (imdb === undefined) onBad('badLink', imdbId);
  if (tmdb === undefined) onBad('badLink', tmdbId);
  movie.imdbId = imdb ?? movie.imdbId;
  movie.tmdbId = tmdb ?? movie.tmdbId;
}

/** Gives movies the ids that a file of links has for them. @throws FormatError where too many rows cannot be used */
export async function readLinks(
  table: SourceTable<RawLinks>,
  movies: ReadonlyMap<number | string, DatasetMovie>,
  { skipped, options }: Omit<Reading, 'source'>,
): Promise<void> {
  const numRows = await eachRow(table, 'reading links', { skipped, options }, (row, line) => {
    const id = parseId(row.movieId);
    if (id === null) return skipped.add('badId', table.file, line, row.movieId);
    const movie = movies.get(id);
    if (!movie) return skipped.add('unknownMovie', table.file, line, row.movieId);
    setLinks(movie, row, (kind, value) => skipped.add(kind, table.file, line, value));
  });
  skipped.refuseTooMany(table.file, numRows, (kind) => causeOfMovies(kind, table.notes));
}

/** Hands on every row that splits into its columns, and returns the number of all. */
async function eachRow<T>(
  table: SourceTable<T>,
  stageName: string,
  { skipped, options }: Omit<Reading, 'source'>,
  use: (row: T, line: number) => void,
): Promise<number> {
  const stage = options.progress.stage(stageName, table.sizeBytes, 'B');
  let numRows = 0;
  for await (const batch of table.rows((readBytes) => stage.update(readBytes))) {
    numRows += batch.length;
    for (const { row, line } of batch) {
      if (row) use(row, line);
      else skipped.add('columnCount', table.file, line);
    }
  }
  stage.finish();
  return numRows;
}
