import type { RatingScale } from '../values/scales.ts';

/** Problems of rows that cannot be used, as messages say them. */
export const BAD_ROWS = {
  columnCount: 'wrong number of columns',
  badId: 'id is missing, longer than 200 characters, shortened to 1.2E+17, or has control characters',
  badTitle: 'title is empty',
  duplicateMovie: 'movie id occurs a second time',
  unknownMovie: 'no such movie',
  unreadableMovie: 'its movie was left out for a problem of its own',
  noRating: 'there is no rating',
  ratingOffScale: 'rating is not on its scale',
} as const;

/** Problems that cost a value, not its row. */
export const LOST_VALUES = {
  longTitle: 'title is longer than 300 characters and was cut',
  badYear: 'release year is not a year',
  badGenre: 'genre is longer than 60 characters',
  badLink: 'id in another database is not a whole number',
  badTime: 'time is neither Unix time nor a date',
} as const;

export type BadRowKind = keyof typeof BAD_ROWS;
export type LostValueKind = keyof typeof LOST_VALUES;
export type ProblemKind = BadRowKind | LostValueKind;

const ON_SCALE: Readonly<Record<RatingScale, string>> = {
  stars: 'rating is not one of 0.5, 1, 1.5 … 5',
  '10': 'rating is not a number from 0 to 10',
  '100': 'rating is not a number from 0 to 100',
  likes: 'rating is not one of 1, 0, -1',
  counts: 'count is not a number, 0 or more',
};

/** The likely cause of many `badId`. */
export const CAUSE_OF_BAD_IDS =
  'empty cells, or ids that a spreadsheet shortened: give their column the format 0, or text, and save it again';

/** A problem, as messages say it. */
export function problemText(kind: ProblemKind, scale: RatingScale = 'stars'): string {
  return kind === 'ratingOffScale' ? ON_SCALE[scale] : PROBLEMS[kind];
}

const PROBLEMS: Readonly<Record<ProblemKind, string>> = { ...BAD_ROWS, ...LOST_VALUES };

/** A problem of a row of ratings. */
export interface RatingProblem {
  kind: ProblemKind;
  /** The text that is wrong; undefined for a whole row. */
  value?: string;
}

/** A line of a file, with the text that is wrong where there is one, shortened to 60 characters. */
export function placeOf(file: string, line: number, value?: string): string {
  return `${file}:${line}${value === undefined ? '' : ` (${shorten(value)})`}`;
}

/** A text in one line of at most `length` characters. */
export function shorten(text: string, length = 60): string {
  const line = text.replace(/[\r\n]+/g, ' ');
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
