import type { RatingColumns } from './ratingColumns.ts';
import type { SkippedRows } from './skipped.ts';

/** A movie as the database keeps it, aggregates apart. */
export interface DatasetMovie {
  movieId: number;
  title: string;
  releaseYear: number | null;
  alternativeTitles: string[];
  /** Sorted by name. */
  genres: string[];
  /** IMDb's number, without `tt` and leading zeros. */
  imdbId: number | null;
  tmdbId: number | null;
}

/** A data set, read and checked, in memory. */
export interface Dataset {
  name: string;
  synthetic: boolean;
  /** `sha256:…`; see `identityOf`. */
  identity: string;
  /** By ascending movieId. */
  movies: DatasetMovie[];
  /** Every genre that a movie has, by name. */
  genres: string[];
  /** In file order, duplicates included. */
  ratings: RatingColumns;
  /** Indices into `ratings` by (userId, movieId), duplicates left out. */
  order: Uint32Array;
  /** Indices into `ratings` that repeat an earlier pair of user and movie, ascending. */
  duplicates: number[];
  numUsers: number;
  /** In stars. */
  meanRating: number;
  skipped: SkippedRows;
}
