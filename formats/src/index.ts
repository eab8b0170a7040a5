/** Files of ratings and films: bytes in, rows out. Runs in Node and in browsers, and imports nothing of PocketRocket. */
export { FormatError } from './checks/formatError.ts';
export { describeRange, guessScale, type ScaleGuess } from './checks/guessScale.ts';
export {
  placeOf,
  problemText,
  shorten,
  type BadRowKind,
  type ProblemKind,
  type RatingProblem,
} from './checks/problems.ts';
export { RatingChecker, type RatingOptions } from './checks/ratingChecker.ts';
export { causeOfMovies } from './checks/movieCauses.ts';
export { noteOfRatings } from './checks/ratingCauses.ts';
export { SkippedRows, type SkipPolicy, type SkippedSnapshot } from './checks/skippedRows.ts';
export { columnName } from './formats/columns.ts';
export { csv, csvRatings, csvUserMovies } from './formats/csv.ts';
export { describeFormats, describeMissing, detectFormat, nameOf } from './formats/detectFormat.ts';
export type { Format, TableFormat } from './formats/format.ts';
export { decodeText } from './reading/encoding.ts';
export { FIRST_MAPPED_ID, IdColumn, LAST_MAPPED_ID, RatingIds, readId, UNKNOWN_ID } from './ids/idColumn.ts';
export { MAX_ID_LENGTH, NUMBERS_END, parseId } from './ids/parseId.ts';
export { readCheckedRatings, type RatingReading } from './reading/readCheckedRatings.ts';
export { parseTable, type ParsedTable } from './reading/parseTable.ts';
export { GenreNames } from './values/genres.ts';
export { genreSplitter } from './values/genreLists.ts';
export { isNone, valueOf } from './values/none.ts';
export { MAX_INT32, parseDecimal, parseInt32, toHalfStars } from './values/numbers.ts';
export { Quintiles } from './values/quintiles.ts';
export { READING_OPTIONS } from './values/readingOptions.ts';
export { halfStarsOn, RATING_SCALES, type RatingScale } from './values/scales.ts';
export { isNoDate, parseTime, TIME_UNITS, type TimeUnit } from './values/times.ts';
export { parseYear } from './values/years.ts';
export { orderByPair } from './rows/orderByPair.ts';
export {
  BLOCK_LENGTH,
  sourceBlock,
  UNKNOWN_TIME,
  type RatingBlock,
  type SourceBlock,
} from './rows/ratingBlock.ts';
export { readRatingBlocks, readRows } from './reading/readTable.ts';
export { tableNotes } from './reading/rowReader.ts';
export type {
  PlainRatings,
  RatingTable,
  RawLinks,
  RawMovie,
  RawRating,
  RawTag,
  RowSource,
  SourceRow,
  SourceTable,
  TableNotes,
} from './rows/rows.ts';
export {
  articleFirst,
  decodeEntities,
  isDamaged,
  parseMovieLensTitle,
  type ParsedTitle,
} from './values/titles.ts';
export { PERSONAL_KINDS, type LeftOut, type PersonalKind, type PersonalRow } from './personal/personalRow.ts';
export { PERSONAL_EXPORTS, readPersonalExport, type PersonalExport } from './personal/readPersonalExport.ts';
export { MAX_EXPORT_BYTES, type ExportFile } from './personal/unpack.ts';
export { imdbIdOf } from './personal/values.ts';
export {
  MovieMatcher,
  SURE_SCORE,
  type MatchableMovie,
  type MatchCandidate,
  type MatchedBy,
  type MovieMatch,
  type WantedMovie,
} from './matching/movieMatcher.ts';
