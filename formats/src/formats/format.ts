import type { RawLinks, RawMovie, RawRating, RawTag } from '../rows/rows.ts';

/** Rules by which one kind of file becomes rows. */
export interface TableFormat<T> {
  /** Its name; a gzipped one has `.gz` after it. Upper and lower case are alike. */
  file: string;
  /** Further names that are read alike, where the first is not there. */
  otherNames?: readonly string[];
  /** Words of which one is in names that are not known, such as `my_ratings (1).csv`. */
  words?: readonly string[];
  /** Its content, for people. */
  content: string;
  /** True where the first line names the columns. */
  hasHeader: boolean;
  /**
   * Looks at the first line, a header or not.
   * @param separator where a line before it names one
   * @throws Error that says what is missing, what the line is and what it looks like
   */
  open(firstLine: string, separator: string | null): TableReader<T>;
}

/** Turns the lines of one file into rows. */
export interface TableReader<T> {
  separator: string;
  /** Fields in quotes may go on in the next line. */
  hasQuotedLines: boolean;
  /** The fields of a line; null where it cannot be split. */
  split: (line: string) => string[] | null;
  /** Null for the wrong number of fields. */
  toRow: (fields: readonly string[]) => T | null;
  /** Names as the file writes them, by what they are read as; empty without a header. */
  columns: Readonly<Record<string, string>>;
  /** Names of columns that are not read. */
  unused: readonly string[];
  numColumns: number;
  /** Ratings only: the byte between the columns where they are user, movie, rating and time in this order, and no more; else null. */
  plainSeparator: number | null;
  /** True where the first line of a format without a header names columns all the same. */
  isFirstLineNames?: boolean;
}

/** A way in which data sets are published: which files there are, and how each is written. */
export interface Format {
  /** For people. */
  name: string;
  /** Files that only this format has beside those that it reads; see `detectFormat`. */
  signs: readonly string[];
  movies: TableFormat<RawMovie>;
  /** The first one whose file is present is read. */
  ratings: readonly TableFormat<RawRating>[];
  links?: TableFormat<RawLinks>;
  tags?: TableFormat<RawTag>;
}
