import type { RatingIds } from '../ids/idColumn.ts';
import type { SourceBlock } from './ratingBlock.ts';

/** A movie as its source writes it: text, not checked yet. */
export interface RawMovie {
  movieId: string;
  title: string;
  /** Empty where unknown; null where the title carries the year, as MovieLens writes it. */
  releaseYear: string | null;
  /** As one text where only the whole column says how genres are separated. */
  genres: string | readonly string[];
  /** Empty or absent where unknown. */
  imdbId?: string;
  tmdbId?: string;
}

/** A rating as its source writes it. */
export interface RawRating {
  userId: string;
  movieId: string;
  rating: string;
  /** Empty where unknown. */
  timestamp: string;
}

/** Ids of a movie in other databases, as its source writes them; empty where unknown. */
export interface RawLinks {
  movieId: string;
  imdbId: string;
  tmdbId: string;
}

/** A tag that a user gave a movie, as its source writes it. */
export interface RawTag {
  movieId: string;
  tag: string;
}

/** A row with the line it begins in, counted from 1; `row` is null where the line does not split into the right columns. */
export interface SourceRow<T> {
  line: number;
  row: T | null;
}

/** The shape of a table by its first lines; filled in when they are read. */
export interface TableNotes {
  /** Names as the file writes them, by what they are read as. */
  columns: Record<string, string>;
  /** Names of columns that are not read. */
  unused: string[];
  /** Lines before the one that names the columns: how many, and the first. */
  preamble: { count: number; example: string } | null;
  /** Lines that are not UTF-8 and were read as Windows-1252: how many, and the first. */
  notUtf8: { count: number; example: string } | null;
  /** The first line that does not split into the columns, with the number of its fields; null where its quotes do not match. */
  misfit: { line: number; numFields: number | null; numColumns: number; separator: string } | null;
}

/** One file of a data set. */
export interface SourceTable<T> {
  /** As reports name it. */
  file: string;
  sizeBytes: number;
  /** Its shape, once it is read; absent where it has none. */
  notes?: TableNotes;
  /** The rows in file order, in batches; calls back with the bytes read so far. */
  rows(
    onBytes: (readBytes: number) => void,
  ): AsyncIterable<readonly SourceRow<T>[]> | Iterable<readonly SourceRow<T>[]>;
}

/** A data set as every format and the sample hand it over. */
export interface RowSource {
  name: string;
  /** True where the ratings are made up. */
  synthetic: boolean;
  movies: SourceTable<RawMovie>;
  ratings: RatingTable;
  links: SourceTable<RawLinks> | null;
  /** Null or absent where there are none. */
  tags?: SourceTable<RawTag> | null;
  /** Files of movies, ratings or links beside those that are read. */
  unusedFiles?: readonly string[];
}

/** The part of a checker that the fast reader needs. */
export interface PlainRatings {
  /** Half stars by twice the rating, 0 off the scale; null where numbers alone do not say it. */
  readonly halfStarsByDouble: Uint8Array | null;
  readonly takesSeconds: boolean;
  /** Take the ids that the blocks' numbers stand for. */
  readonly ids: RatingIds;
  /** Counts what was read, by twice the rating. */
  readonly ratings: { readonly byDouble: Float64Array };
  readonly times: { numRead: number; addEarly(seconds: number): void };
}

/** A table of ratings, which can be read faster than by rows. */
export interface RatingTable extends SourceTable<RawRating> {
  /** The rows in file order, as blocks where they are as plain as they come. */
  blocks?(
    plain: PlainRatings,
    onBytes: (readBytes: number) => void,
  ): AsyncIterable<SourceBlock | readonly SourceRow<RawRating>[]>;
}
