import type { PackedStarts } from './nameStarts.ts';
import type { PackedSortedTexts } from './sortedTexts.ts';

/** The two fields of a movie that are searched. */
export const FIELDS = ['title', 'alternatives'] as const;
export const NUM_FIELDS = FIELDS.length;

/** An index of titles in memory that threads share; it names movies by place. */
export interface PackedIndex {
  terms: PackedSortedTexts;
  /** See `commonBeginnings`: [terms]. */
  beginnings: Uint8Array;
  /** The begin of each term's postings in each field, and behind them the end of the last ones: [terms × fields + 1]. */
  offsets: Int32Array;
  /** Movies of each posting, ascending within a term and field. */
  movies: Int32Array;
  /** Times that the term is in that field. */
  counts: Uint16Array;
  /** Distinct terms of each movie's fields: [movies × fields]. */
  lengths: Uint16Array;
  /** Their means: [fields]. */
  meanLengths: Float64Array;
  /** Factors of each movie's scores by its popularity, as of when the index was made: [movies]. */
  boosts: Float64Array;
  /** Whole folded titles. */
  names: PackedSortedTexts;
  /** The begins of words in the names, in the order of what follows. */
  starts: PackedStarts;
  /** Initials of titles, as "lotr": texts with their movies. */
  initials: PackedTextsOfMovies;
  /** The begin of each name's movies, and behind them the end of the last ones: [names + 1]. */
  nameOffsets: Int32Array;
  /** The most rated first. */
  namedMovies: Int32Array;
  common: CommonWordsTable;
}

/** Texts with the movies that have each. */
export interface PackedTextsOfMovies {
  texts: PackedSortedTexts;
  /** The begin of each text's movies, and behind them the end of the last ones: [texts + 1]. */
  offsets: Int32Array;
  /** The most rated first. */
  movies: Int32Array;
}

/** Words that say little in a large catalogue. */
export interface CommonWordsTable {
  words: readonly string[];
  /** The movies to show for a common beginning instead of all, the most rated first. */
  beginnings: readonly (readonly [beginning: string, movies: Int32Array])[];
}
