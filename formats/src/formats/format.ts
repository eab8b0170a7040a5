import type { RawLinks, RawMovie, RawRating } from '../rows/rows.ts';

/** Rules by which one kind of file becomes rows. */
export interface TableFormat<T> {
  /** Its name; a gzipped one has `.gz` after it. */
  file: string;
  encoding: 'utf-8' | 'latin1';
  /** True where the first line names the columns. */
  hasHeader: boolean;
  /** The fields of a line; null where it cannot be split. */
  split(line: string): string[] | null;
  /**
   * Looks at the first line, a header or not, and says how fields become a row; null for the wrong number of them.
   * @throws Error that says which column is missing
   */
  reader(firstLine: readonly string[]): (fields: readonly string[]) => T | null;
  /** Ratings only: whether, by its first line, a file is comma-separated `user,movie,rating,timestamp` in this order, and no more. */
  isPlain?(firstLine: readonly string[]): boolean;
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
}
