/** Files of ratings and films: bytes in, rows out. Runs in Node and in browsers, and imports nothing of PocketRocket. */
export {
  appendRating,
  describeProblem,
  placeOf,
  RATING_PROBLEMS,
  type RatingProblem,
} from './reading/checkRating.ts';
export { csv, csvRatings, csvUserMovies } from './formats/csv.ts';
export { describeFormats, detectFormat } from './formats/detectFormat.ts';
export type { Format, TableFormat } from './formats/format.ts';
export { FormatError } from './reading/formatError.ts';
export { GenreNames } from './values/genres.ts';
export { MAX_INT32, parseHalfStars, parseInt32, toHalfStars } from './values/numbers.ts';
export {
  BLOCK_LENGTH,
  sourceBlock,
  UNKNOWN_TIME,
  type RatingBlock,
  type SourceBlock,
} from './rows/ratingBlock.ts';
export { readRatingBlocks, readRows } from './reading/readTable.ts';
export type { RawLinks, RawMovie, RawRating, RowSource, SourceRow, SourceTable } from './rows/rows.ts';
export { articleFirst, parseMovieLensTitle, type ParsedTitle } from './values/titles.ts';
