/** Files of ratings and films: bytes in, rows out. Runs in Node and in browsers, and imports nothing of PocketRocket. */
export {
  appendRating,
  describeProblem,
  placeOf,
  RATING_PROBLEMS,
  type RatingProblem,
} from './checkRating.ts';
export { csv, csvRatings, csvUserMovies } from './csv.ts';
export { describeFormats, detectFormat } from './detectFormat.ts';
export type { Format, TableFormat } from './format.ts';
export { FormatError } from './formatError.ts';
export { GenreNames } from './genres.ts';
export { MAX_INT32, parseHalfStars, parseInt32, toHalfStars } from './numbers.ts';
export {
  BLOCK_LENGTH,
  sourceBlock,
  UNKNOWN_TIME,
  type RatingBlock,
  type SourceBlock,
} from './ratingBlock.ts';
export { readRatingBlocks, readRows } from './readTable.ts';
export type { RawLinks, RawMovie, RawRating, RowSource, SourceRow, SourceTable } from './rows.ts';
export { articleFirst, parseMovieLensTitle, type ParsedTitle } from './titles.ts';
