import type { SourceBlock } from './ratingBlock.ts';

/** A movie as its source writes it: text, not checked yet. */
export interface RawMovie {
  movieId: string;
  title: string;
  /** Empty where unknown; null where the title carries the year, as MovieLens writes it. */
  releaseYear: string | null;
  genres: readonly string[];
}

/** A rating as its source writes it. */
export interface RawRating {
  userId: string;
  movieId: string;
  /** In stars. */
  rating: string;
  /** Unix time in seconds; empty where unknown. */
  timestamp: string;
}

/** Ids of a movie in other databases, as its source writes them; empty where unknown. */
export interface RawLinks {
  movieId: string;
  imdbId: string;
  tmdbId: string;
}

/** A row with the line it stands in, counted from 1; `row` is null where the line does not split into the right columns. */
export interface SourceRow<T> {
  line: number;
  row: T | null;
}

/** One file of a data set. */
export interface SourceTable<T> {
  /** As reports name it. */
  file: string;
  sizeBytes: number;
  /** The rows in file order, in batches; calls back with the bytes read so far. */
  rows(
    onBytes: (readBytes: number) => void,
  ): AsyncIterable<readonly SourceRow<T>[]> | Iterable<readonly SourceRow<T>[]>;
  /** Ratings only, where they can be read faster: the rows in file order, as blocks where they are as plain as they come. */
  blocks?(onBytes: (readBytes: number) => void): AsyncIterable<SourceBlock | readonly SourceRow<T>[]>;
}

/** A data set as every format and the sample hand it over. */
export interface RowSource {
  name: string;
  /** True where the ratings are made up. */
  synthetic: boolean;
  movies: SourceTable<RawMovie>;
  ratings: SourceTable<RawRating>;
  links: SourceTable<RawLinks> | null;
}
