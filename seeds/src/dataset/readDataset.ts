import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIRST_ACCOUNT_USER_ID } from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import { MovieIndex } from '../ratings/movieIndex.ts';
import { inHalfStars, type SortedRatings, type SortedScores } from '../ratings/sortedRatings.ts';
import { RatingSorter, sortedFile } from '../ratings/sortRatings.ts';
import { SpillFolder } from '../ratings/spillFolder.ts';
import type { Dataset } from './dataset.ts';
import {
  describeRange,
  FormatError,
  IdColumn,
  noteOfRatings,
  placeOf,
  parseId,
  Quintiles,
  RatingChecker,
  RatingIds,
  readCheckedRatings,
  SkippedRows,
  type RatingReading,
  type RowSource,
  type SkippedSnapshot,
  type TableNotes,
} from '@pocketrocket/formats';
import { knownOfMovies, knownOfTags, type RatingFacts } from './knownFacts.ts';
import { NOTHING_KNOWN, settleNumbers } from './numbering.ts';
import type { Reading, ReadOptions } from './reading.ts';
import { numberMovies, readLinks, readMovies } from './readMovies.ts';
import { readTags } from './readTags.ts';
import { summarise, type Catalogue } from './summarise.ts';
import { UnknownMovies } from './unknownMovies.ts';
import { renumberUsers, UsedIds } from './usedIds.ts';

export type { ReadOptions } from './reading.ts';

/** Findings of the reading that a kept sort comes from. */
interface KeptReport {
  skipped: SkippedSnapshot;
  duplicateLines: number[];
  /** Places of the first ratings that do not count, as a later one does. */
  ratedAgain: string[];
  facts: RatingFacts;
  unusedColumns: Record<string, string[]>;
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
    return await readAll({ source, skipped, options });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new AppError('BAD_DATA', error.message, { cause: error });
  }
}

async function readAll(reading: Reading): Promise<Dataset> {
  const { source, skipped, options } = reading;
  const { movies, rejected, numJoined } = await readMovies(reading);
  if (source.links) await readLinks(source.links, movies, reading);
  const ids = new RatingIds({
    movies: await numberMovies(movies, options.known),
    users: new IdColumn({ plainBelow: FIRST_ACCOUNT_USER_ID }),
  });
  const byId = [...movies.values()].sort((left, right) => left.movieId - right.movieId);
  const movieIndex = new MovieIndex(byId.map(({ movieId }) => movieId));
  const read = source.tags && !options.withoutTags ? await readTags(source.tags, movies, options) : null;
  const spill = new SpillFolder<KeptReport>(
    options.spill?.folder ?? join(tmpdir(), 'pocketrocket-imports'),
    spillKey(options),
  );
  try {
    const catalogue: Catalogue = { movies: byId, movieIndex, ids };
    const unknownMovies = new UnknownMovies(movies, {
      movies: source.movies.file,
      ratings: source.ratings.file,
    });
    const kept = useKept(spill, catalogue, options);
    if (kept) skipped.restore(kept.report.skipped);
    const sorted = kept ?? (await sortRatings(reading, { movieIndex, ids, rejected, unknownMovies }, spill));
    const summary = kept?.summary ?? summarise(sorted.ratings, catalogue, options.progress);
    const isRated = (movieId: number) => summary.movieTallies.of(movieIndex.indexOf(movieId)).ratingCount > 0;
    const shift = options.allowSkipped ? null : unknownMovies.shift(isRated);
    if (shift !== null)
      throw new FormatError(
        `${source.ratings.file}: ${shift}\nnothing was changed; number both alike, or, if all is right, leave out the movie that is not there with --allow-skipped`,
        source.ratings.file,
        null,
      );
    const { ratings, duplicateLines, quintiles, report } = sorted;
    const { identity, ratingsWithTime, ratedAtRange, lowUsersNote, ...numbers } = summary;
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
      tags: read && read.problem === null ? read.tags : null,
      ratings,
      quintiles,
      duplicateLines,
      ratedAgain: report.ratedAgain,
      skipped,
      known: {
        ratingsWithTime,
        ratedAtRange,
        ...knownOfMovies(byId),
        tags: knownOfTags(read),
        ratedAgain: duplicateLines.length,
        scale: options.scale ?? 'stars',
        ...report.facts,
        note: report.facts.note ?? (isOutOfMore(options.scale) ? lowUsersNote : null),
        unusedColumns: report.unusedColumns,
        joinedMovies: numJoined,
        unusedFiles: [...(source.unusedFiles ?? [])],
        preambles: notesOf(source, ({ preamble }) => preamble),
        notUtf8: notesOf(source, ({ notUtf8 }) => notUtf8),
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

/** Scales on which files that mix two scales are read. */
function isOutOfMore(scale: ReadOptions['scale']): boolean {
  return scale === '10' || scale === '100';
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
    unknownMovies,
  }: Omit<Catalogue, 'movies'> & {
    rejected: ReadonlySet<number | string>;
    unknownMovies: UnknownMovies;
  },
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
    unknownMovies,
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
      ratedAgain: duplicates.first.map(({ line, userId, movieId }) =>
        placeOf(
          source.ratings.file,
          line,
          `user ${ids.users.textOf(userId)}, movie ${ids.movies.textOf(movieId)}`,
        ),
      ),
      facts: {
        range: describeRange(checker.ratings.facts()),
        note: noteOfRatings({ checker, notes: source.ratings.notes }),
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

/** A note of each file that has it. */
function notesOf<Note>(
  { movies, ratings, links }: RowSource,
  note: (notes: TableNotes) => Note | null,
): Record<string, Note> {
  const tables = [movies, ratings, links].flatMap((table) => (table ? [table] : []));
  return Object.fromEntries(
    tables.flatMap(({ file, notes }) => {
      const found = notes && note(notes);
      return found ? [[file, found]] : [];
    }),
  );
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
