import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIRST_ACCOUNT_USER_ID, meanRatingOf, MovieTallies } from '@pocketrocket/schema/database';
import { AppError, type Progress } from '@pocketrocket/runtime';
import { MovieIndex } from '../ratings/movieIndex.ts';
import { inHalfStars, type SortedRatings, type SortedScores } from '../ratings/sortedRatings.ts';
import { RatingSorter, sortedFile } from '../ratings/sortRatings.ts';
import { SpillFolder } from '../ratings/spillFolder.ts';
import type { Dataset, DatasetMovie } from './dataset.ts';
import {
  describeRange,
  FIRST_MAPPED_ID,
  FormatError,
  GenreNames,
  genreSplitter,
  IdColumn,
  noteOfScale,
  NUMBERS_END,
  parseId,
  Quintiles,
  RatingChecker,
  RatingIds,
  readCheckedRatings,
  SkippedRows,
  type RatingOptions,
  type RatingReading,
  type RawLinks,
  type RawMovie,
  type RowSource,
  type SkippedSnapshot,
  type SourceTable,
} from '@pocketrocket/formats';
import { IdentityDigest } from './identity.ts';
import { countTimes, knownOfMovies, type KnownFacts, type RatingFacts } from './knownFacts.ts';
import { readImdbId, readTitle, readTmdbId } from './movieFields.ts';
import { NOTHING_KNOWN, settleNumbers, type KnownIds } from './numbering.ts';
import { renumberUsers, UsedIds } from './usedIds.ts';

/** Limits of the database's columns, in characters. */
const MAX_TITLE_LENGTH = 300;
const MAX_GENRE_LENGTH = 60;

export interface ReadOptions extends Partial<RatingOptions> {
  /** End at the first bad row. */
  strict: boolean;
  /** Take the rest however many rows cannot be used. */
  allowSkipped?: boolean;
  progress: Progress;
  /** Numbers that ids have already, where they are no plain numbers; none without it. */
  known?: KnownIds;
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
  facts: RatingFacts;
  unusedColumns: Record<string, string[]>;
}

/** A movie by its id as `parseId` reads it. */
type MoviesById = Map<number | string, DatasetMovie>;

/** The number of a movie until it has one. */
const UNNUMBERED = -1;

/** The movies of a source, and what else their reading found. */
interface ReadMovies {
  movies: MoviesById;
  /** Ids of those that are left out for a problem of their own. */
  rejected: Set<number | string>;
}

/** A source that is being read. */
interface Reading {
  source: RowSource;
  skipped: SkippedRows;
  options: ReadOptions;
}

/**
 * Reads a data set whole and checks it row by row, in bounded memory; bad rows are left out and counted, unless there are too many of them. Ratings that an interrupted
 * import of the same source left sorted are used again.
 * @throws AppError BAD_DATA when nothing usable is left, when more than 2 % of a file's rows have one problem and `allowSkipped` is not set, when ratings can hardly be
 *   stars, or at the first bad row when strict; ENVIRONMENT when the disk is full
 */
export async function readDataset(source: RowSource, options: ReadOptions): Promise<Dataset> {
  const { strict, allowSkipped = false, scale } = options;
  const skipped = new SkippedRows({ strict, allowSkipped, scale: scale ?? 'stars' });
  try {
    return await read({ source, skipped, options });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new AppError('BAD_DATA', error.message, { cause: error });
  }
}

async function read(reading: Reading): Promise<Dataset> {
  const { source, skipped, options } = reading;
  const { movies, rejected } = await readMovies(reading);
  if (source.links) await readLinks(source.links, movies, reading);
  const ids = new RatingIds({
    movies: await numberMovies(movies, options.known),
    users: new IdColumn({ plainBelow: FIRST_ACCOUNT_USER_ID }),
  });
  const byId = [...movies.values()].sort((left, right) => left.movieId - right.movieId);
  const movieIndex = new MovieIndex(byId.map(({ movieId }) => movieId));
  const spill = new SpillFolder<KeptReport>(
    options.spill?.folder ?? join(tmpdir(), 'pocketrocket-imports'),
    spillKey(options),
  );
  try {
    const kept = useKept(spill, { movies: byId, movieIndex, ids }, options);
    if (kept) skipped.restore(kept.report.skipped);
    const sorted = kept ?? (await sortRatings(reading, { movieIndex, ids, rejected }, spill));
    const summary =
      kept?.summary ?? summarise(sorted.ratings, { movies: byId, movieIndex, ids }, options.progress);
    const { ratings, duplicateLines, quintiles, report } = sorted;
    const { identity, ratingsWithTime, ...numbers } = summary;
    // The numbers that stand for users are not kept.
    if (sorted.isSpilt && options.spill && !kept && ids.users.numMapped === 0)
      spill.keep({ identity, length: ratings.length, report });
    return {
      name: source.name,
      synthetic: source.synthetic,
      identity,
      ...numbers,
      movies: byId,
      movieIndex,
      ids,
      genres: [...new Set(byId.flatMap(({ genres }) => genres))].sort(),
      ratings,
      quintiles,
      duplicateLines,
      skipped,
      known: {
        ratingsWithTime,
        ...knownOfMovies(byId),
        ratedAgain: duplicateLines.length,
        scale: options.scale ?? 'stars',
        ...report.facts,
        unusedColumns: report.unusedColumns,
      },
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

/** The key of a sort: the source, and how it is read, as a sort by other options is another one. */
function spillKey({ spill, strict, allowSkipped, scale, timeUnit }: ReadOptions): string {
  if (!spill) return 'unnamed';
  const manner = [strict && 'strict', allowSkipped && 'allow', scale, timeUnit].filter(Boolean);
  return [spill.fingerprint.slice(0, 24), ...manner].join('-');
}

interface Sorted {
  ratings: SortedRatings;
  quintiles: Quintiles | null;
  duplicateLines: Uint32Array;
  report: KeptReport;
  isSpilt: boolean;
}

async function sortRatings(
  { source, skipped, options }: Reading,
  {
    movieIndex,
    ids,
    rejected,
  }: { movieIndex: MovieIndex; ids: RatingIds; rejected: ReadonlySet<number | string> },
  spill: SpillFolder<KeptReport>,
): Promise<Sorted> {
  spill.remove();
  const { progress, ratingsInMemory, known = NOTHING_KNOWN, scale = null, timeUnit = null } = options;
  const ofCounts = scale === 'counts';
  const checker = new RatingChecker({ scale, timeUnit }, ids);
  const sorter = new RatingSorter({
    spillTo: () => spill.make(),
    ofCounts,
    ...(ratingsInMemory !== undefined && { ratingsInMemory }),
  });
  let numUsed = 0;
  const reading = progress.stage('reading ratings', source.ratings.sizeBytes, 'B');
  const checks: RatingReading = {
    checker,
    skipped,
    hasMovie: (movieId) => movieIndex.indexOf(movieId) >= 0,
    isRejected: (movieId) => rejected.has(parseId(movieId) ?? ''),
    onBytes: (readBytes) => reading.update(readBytes),
  };
  const usedUsers = new UsedIds(ids.users);
  for await (const block of readCheckedRatings(source.ratings, checks)) {
    usedUsers.mark(block);
    sorter.add(block);
    numUsed += block.length;
  }
  reading.finish();
  await settleNumbers(ids.users, known.users, { isUsed: (place) => usedUsers.has(place) });
  const stage = progress.stage('sorting ratings', numUsed, 'ratings');
  const { ratings, duplicates, isSpilt } = sorter.finish({
    renumber: (block) => renumberUsers(block, ids.users),
    onDone: (done) => stage.update(done),
  });
  stage.finish();
  const quintiles = ofCounts ? quintilesOf(ratings) : null;
  const duplicateLines = duplicates.sortedLines();
  return {
    ratings: inHalfStars(ratings, quintiles),
    quintiles,
    duplicateLines,
    report: {
      skipped: skipped.snapshot(),
      duplicateLines: [...duplicateLines],
      facts: {
        range: describeRange(checker.ratings.facts()),
        note: noteOfScale({ checker, notes: source.ratings.notes }),
      },
      unusedColumns: unusedColumns(source),
    },
    isSpilt,
  };
}

/** The fifths of every user's counts, in one pass. */
function quintilesOf(ratings: SortedScores): Quintiles {
  const quintiles = new Quintiles();
  let userId = -1;
  let counts: number[] = [];
  const finishUser = () => {
    if (counts.length > 0) quintiles.add(userId, Float32Array.from(counts));
    counts = [];
  };
  for (const block of ratings.blocks()) {
    for (let index = 0; index < block.length; index++) {
      const next = block.userIds[index] ?? 0;
      if (next !== userId) finishUser();
      userId = next;
      counts.push(block.halfStars[index] ?? 0);
    }
  }
  finishUser();
  return quintiles;
}

function unusedColumns({ movies, ratings, links }: RowSource): Record<string, string[]> {
  const tables = [movies, ratings, links].flatMap((table) => (table ? [table] : []));
  return Object.fromEntries(
    tables.flatMap(({ file, notes }) => (notes && notes.unused.length > 0 ? [[file, notes.unused]] : [])),
  );
}

interface Catalogue {
  movies: readonly DatasetMovie[];
  movieIndex: MovieIndex;
  ids: RatingIds;
}

/** A sort that an interrupted import finished, where it still says what it said then. */
function useKept(spill: SpillFolder<KeptReport>, catalogue: Catalogue, { scale, progress }: ReadOptions) {
  const kept = spill.kept();
  if (!kept) return null;
  const ofCounts = scale === 'counts';
  const scores = sortedFile(spill.sortedPath, kept.length, ofCounts);
  const quintiles = ofCounts ? quintilesOf(scores) : null;
  const ratings = inHalfStars(scores, quintiles);
  const summary = summarise(ratings, catalogue, progress);
  if (summary.identity !== kept.identity) return null;
  const { report } = kept;
  const duplicateLines = Uint32Array.from(report.duplicateLines);
  return { ratings, quintiles, summary, report, duplicateLines, isSpilt: true };
}

/** One pass over the ratings for everything that is said of them as a whole. */
function summarise(
  ratings: SortedRatings,
  { movies, movieIndex, ids }: Catalogue,
  progress: Progress,
): Pick<Dataset, 'identity' | 'movieTallies' | 'numUsers' | 'meanRating'> &
  Pick<KnownFacts, 'ratingsWithTime'> {
  const digest = new IdentityDigest(movies);
  const movieTallies = new MovieTallies(movies.length);
  const stage = progress.stage('counting ratings', ratings.length, 'ratings');
  const indexOf = (movieId: number) => movieIndex.indexOf(movieId);
  let numUsers = 0;
  let lastUserId = -1;
  let halfStarSum = 0;
  let ratingsWithTime = 0;
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
    ratingsWithTime += countTimes(block);
    stage.update((done += block.length));
  }
  stage.finish();
  return {
    identity: digest.finish(ids),
    movieTallies,
    numUsers,
    meanRating: meanRatingOf(ratings.length, halfStarSum),
    ratingsWithTime,
  };
}

async function readMovies({ source, skipped, options }: Reading): Promise<ReadMovies> {
  const table = source.movies;
  const movies: MoviesById = new Map();
  const rejected = new Set<number | string>();
  const genresOf = new Map<DatasetMovie, RawMovie['genres']>();
  const lines = new Map<DatasetMovie, number>();
  const numRows = await eachRow(table, 'reading movies', { skipped, options }, (row, line) => {
    const add = (kind: Parameters<SkippedRows['add']>[0], value: string) =>
      skipped.add(kind, table.file, line, value);
    const id = parseId(row.movieId);
    if (id === null) return add('badId', row.movieId);
    if (movies.has(id)) return add('duplicateMovie', row.movieId);
    const { title, unreadYear, releaseYear, alternativeTitles } = readTitle(row);
    if (unreadYear !== null) add('badYear', unreadYear);
    if (title === '') {
      rejected.add(id);
      return add('badTitle', row.title);
    }
    if (title.length > MAX_TITLE_LENGTH) add('longTitle', title);
    const movie: DatasetMovie = {
      movieId: typeof id === 'number' ? id : UNNUMBERED,
      title: title.length > MAX_TITLE_LENGTH ? `${title.slice(0, MAX_TITLE_LENGTH - 1)}…` : title,
      releaseYear,
      alternativeTitles,
      genres: [],
      imdbId: null,
      tmdbId: null,
    };
    setLinks(movie, row, add);
    movies.set(id, movie);
    rejected.delete(id);
    genresOf.set(movie, row.genres);
    lines.set(movie, line);
  });
  setGenres(genresOf, (movie, name) => skipped.add('badGenre', table.file, lines.get(movie) ?? 0, name));
  skipped.refuseTooMany(table.file, numRows);
  if (movies.size > 0) return { movies, rejected };
  throw new AppError('BAD_DATA', [`${table.file} has no usable movie`, ...skipped.describe()].join('\n'));
}

/** Gives the movies whose ids are no plain numbers their numbers, and returns the column of all ids. */
async function numberMovies(movies: MoviesById, known: KnownIds = NOTHING_KNOWN): Promise<IdColumn> {
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
  genresOf: ReadonlyMap<DatasetMovie, RawMovie['genres']>,
  onLongGenre: (movie: DatasetMovie, name: string) => void,
): void {
  const texts = [...genresOf.values()].filter((genres) => typeof genres === 'string');
  const split = genreSplitter(texts);
  const names = new GenreNames();
  for (const [movie, genres] of genresOf) {
    const all = names.normalise(typeof genres === 'string' ? split(genres) : genres);
    movie.genres = all.filter((name) => name.length <= MAX_GENRE_LENGTH);
    const tooLong = all.find((name) => name.length > MAX_GENRE_LENGTH);
    if (tooLong !== undefined) onLongGenre(movie, tooLong);
  }
}

/** Sets the ids that a row has; one that is none costs itself alone. */
function setLinks(
  movie: DatasetMovie,
  { imdbId = '', tmdbId = '' }: Partial<Pick<RawLinks, 'imdbId' | 'tmdbId'>>,
  onBad: (kind: 'badLink', value: string) => void,
): void {
  const imdb = readImdbId(imdbId);
  const tmdb = readTmdbId(tmdbId);
  if (imdb === undefined) onBad('badLink', imdbId);
  if (tmdb === undefined) onBad('badLink', tmdbId);
  movie.imdbId = imdb ?? movie.imdbId;
  movie.tmdbId = tmdb ?? movie.tmdbId;
}

async function readLinks(
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
  skipped.refuseTooMany(table.file, numRows, (kind) =>
    kind === 'unknownMovie' ? 'the file of movies is of another data set, or not whole' : null,
  );
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
