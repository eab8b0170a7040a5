import { IdMap, inSharedMemory } from '@pocketrocket/engine';
import { NO_YEAR, type CatalogueMovie, type MovieColumns } from './movieTable.ts';
import { TextPacker, type PackedTexts } from './packedTexts.ts';
import { sharedNumbers } from './sharedNumbers.ts';

/** A movie with what the search needs of it besides. */
export type ChangedMovie = CatalogueMovie & {
  /** A list in JSON. */
  alternativeTitles: string;
};

/** Movies that came or changed, and numbers of those that went. */
export interface MovieChanges {
  movies: readonly ChangedMovie[];
  gone: readonly number[];
}

/** The movies in memory, with what only the index of titles needs. */
export interface StoredMovies {
  movies: MovieColumns;
  alternativeTitles: PackedTexts;
}

/** The movie of each new place: its place before, or where it is new or changed, −1 − its place among the changed ones. */
type Sources = Int32Array;

/** The columns with some movies changed; those of the others are copied as they lie, so that nothing is read or decoded. */
export function withChangedMovies(
  { movies: before, alternativeTitles }: StoredMovies,
  { movies: changed, gone }: MovieChanges,
): StoredMovies {
  const added = [...changed].sort((a, b) => a.movieId - b.movieId);
  const left = new Set([...gone, ...added.map(({ movieId }) => movieId)]);
  const sources = merged(before.ids.ids, added, left);
  const numbers = (column: Int32Array, valueOf: (movie: ChangedMovie) => number) =>
    copied(
      sources,
      (place) => column[place] ?? 0,
      (index) => valueOf(added[index] as ChangedMovie),
    );
  const texts = (packed: PackedTexts, textOf: (movie: ChangedMovie) => string) =>
    copiedTexts(sources, packed, (index) => textOf(added[index] as ChangedMovie));
  const ratingCounts = numbers(before.ratingCounts, ({ ratingCount }) => ratingCount);
  const numRatings = new BigInt64Array(new SharedArrayBuffer(8));
  numRatings[0] = BigInt(ratingCounts.reduce((sum, count) => sum + count, 0));
  const ids = Int32Array.from(sources, (from) =>
    from >= 0 ? (before.ids.ids[from] ?? 0) : (added[-1 - from]?.movieId ?? 0),
  );
  return {
    movies: {
      ids: inSharedMemory(IdMap.fromAscending(ids).tables),
      titles: texts(before.titles, ({ title }) => title),
      releaseYears: numbers(before.releaseYears, ({ releaseYear }) => releaseYear ?? NO_YEAR),
      ratingCounts,
      halfStarSums: numbers(before.halfStarSums, ({ halfStarSum }) => halfStarSum),
      ...copiedGenres(sources, before, added),
      numRatings,
    },
    alternativeTitles: texts(alternativeTitles, (movie) => movie.alternativeTitles),
  };
}

function merged(ids: Int32Array, added: readonly ChangedMovie[], left: ReadonlySet<number>): Sources {
  const sources: number[] = [];
  let next = 0;
  const addBelow = (movieId: number) => {
    while ((added[next]?.movieId ?? Infinity) < movieId) sources.push(-1 - next++);
  };
  ids.forEach((movieId, place) => {
    addBelow(movieId);
    if (!left.has(movieId)) sources.push(place);
  });
  addBelow(Infinity);
  return Int32Array.from(sources);
}

function copied(
  sources: Sources,
  before: (place: number) => number,
  added: (index: number) => number,
): Int32Array {
  const column: Int32Array = sharedNumbers(Int32Array, sources.length);
  sources.forEach((from, place) => (column[place] = from >= 0 ? before(from) : added(-1 - from)));
  return column;
}

function copiedTexts(
  sources: Sources,
  { bytes, offsets }: PackedTexts,
  textOf: (index: number) => string,
): PackedTexts {
  const packer = new TextPacker();
  for (const from of sources) {
    if (from < 0) packer.add(textOf(-1 - from));
    else packer.addBytes(bytes.subarray(offsets[from] ?? 0, offsets[from + 1] ?? 0));
  }
  return packer.packed();
}

function copiedGenres(
  sources: Sources,
  { genreOffsets, genreIds }: MovieColumns,
  added: readonly ChangedMovie[],
): Pick<MovieColumns, 'genreOffsets' | 'genreIds'> {
  const offsets = [0];
  const ids: number[] = [];
  for (const from of sources) {
    const own =
      from < 0
        ? (added[-1 - from]?.genreIds ?? [])
        : genreIds.subarray(genreOffsets[from] ?? 0, genreOffsets[from + 1] ?? 0);
    for (const genreId of own) ids.push(genreId);
    offsets.push(ids.length);
  }
  return { genreOffsets: sharedNumbers(Int32Array, offsets), genreIds: sharedNumbers(Int32Array, ids) };
}
