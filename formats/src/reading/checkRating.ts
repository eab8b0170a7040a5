import { parseHalfStars, parseInt32 } from '../values/numbers.ts';
import { UNKNOWN_TIME, type SourceBlock } from '../rows/ratingBlock.ts';
import type { RawRating, SourceRow } from '../rows/rows.ts';

/** Problems of a row of ratings, as messages say them. */
export const RATING_PROBLEMS = {
  columnCount: 'wrong number of columns',
  badId: 'id is not a whole number from 0 to 2147483647',
  unknownMovie: 'no such movie',
  ratingOffScale: 'rating is not one of 0.5, 1, 1.5 … 5',
  badTime: 'timestamp is not a Unix time in seconds',
} as const;

export interface RatingProblem {
  kind: keyof typeof RATING_PROBLEMS;
  /** The text that is wrong; undefined for a whole row. */
  value?: string;
}

/**
 * Appends a rating to a block that has room for it, or returns its first problem.
 * @param hasMovie false for movies whose ratings cannot be used
 */
export function appendRating(
  { row, line }: SourceRow<RawRating>,
  to: SourceBlock,
  hasMovie: (movieId: number) => boolean,
): RatingProblem | null {
  if (!row) return { kind: 'columnCount' };
  const userId = parseInt32(row.userId);
  if (userId === null) return { kind: 'badId', value: row.userId };
  const movieId = parseInt32(row.movieId);
  if (movieId === null) return { kind: 'badId', value: row.movieId };
  if (!hasMovie(movieId)) return { kind: 'unknownMovie', value: row.movieId };
  const halfStars = parseHalfStars(row.rating);
  if (halfStars === null) return { kind: 'ratingOffScale', value: row.rating };
  const ratedAtSeconds = row.timestamp === '' ? UNKNOWN_TIME : parseInt32(row.timestamp);
  if (ratedAtSeconds === null) return { kind: 'badTime', value: row.timestamp };
  const index = to.length++;
  to.userIds[index] = userId;
  to.movieIds[index] = movieId;
  to.ratedAtSeconds[index] = ratedAtSeconds;
  to.halfStars[index] = halfStars;
  to.lines[index] = line;
  return null;
}

/** The place of a row and what is wrong with it: `ratings.csv:7 (x): id is not …`. */
export function describeProblem(file: string, line: number, { kind, value }: RatingProblem): string {
  return `${placeOf(file, line, value)}: ${RATING_PROBLEMS[kind]}`;
}

/** A line of a file, with the text that is wrong where there is one, shortened to 60 characters. */
export function placeOf(file: string, line: number, value?: string): string {
  return `${file}:${line}${value === undefined ? '' : ` (${shorten(value)})`}`;
}

function shorten(value: string): string {
  return value.length > 60 ? `${value.slice(0, 59)}…` : value;
}
