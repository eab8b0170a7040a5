import type { Quintiles, SkippedRows } from '@pocketrocket/formats';
import type { MovieTallies } from '@pocketrocket/schema/database';
import type { RatingIds } from '@pocketrocket/formats';
import type { MovieIndex } from '../ratings/movieIndex.ts';
import type { SortedRatings } from '../ratings/sortedRatings.ts';
import type { MovieTags } from './movieTags.ts';
import type { KnownFacts } from './knownFacts.ts';

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

/** A data set, read and checked: its movies in memory, its ratings there or on disk. */
export interface Dataset {
  name: string;
  synthetic: boolean;
  /** `sha256:…`; see `IdentityDigest`. */
  identity: string;
  /** By ascending movieId. */
  movies: DatasetMovie[];
  /** Places in `movies`. */
  movieIndex: MovieIndex;
  /** By place in `movies`. */
  movieTallies: MovieTallies;
  /** The numbers that stand for ids that are no plain numbers. */
  ids: RatingIds;
  /** Every genre that a movie has, by name. */
  genres: string[];
  /** Null where the source has none, or they were passed over. */
  tags: MovieTags | null;
  ratings: SortedRatings;
  /** Of a source of counts, what makes them stars; else null. */
  quintiles: Quintiles | null;
  /** Lines of the ratings' file that do not count, as a later rating of the same user and movie does; ascending. */
  duplicateLines: Uint32Array;
  /** The places of the first ten of them, for people. */
  ratedAgain: readonly string[];
  numUsers: number;
  /** In stars. */
  meanRating: number;
  skipped: SkippedRows;
  known: KnownFacts;
  /** Removes what reading left on disk; with `keep` it stays for the next reading of the same source. */
  release(keep?: 'keep'): void;
}
