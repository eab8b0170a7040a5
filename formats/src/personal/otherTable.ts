import { ColumnTally } from '../checks/columnFacts.ts';
import { guessScale } from '../checks/guessScale.ts';
import {
  columnName,
  findColumns,
  IMDB,
  RATING,
  TIME,
  TITLE,
  TMDB,
  YEAR,
  type Found,
} from '../formats/columns.ts';
import { parseDecimal } from '../values/numbers.ts';
import { halfStarsOn, ratingNumber, type OwnScale } from '../values/scales.ts';
import { notAFilm } from './filmType.ts';
import { LeftOutCounter, type PersonalFile, type PersonalRow } from './personalRow.ts';
import { hasColumn, type Table, type TableRow } from './table.ts';
import { idOf, imdbIdOf, secondsOf, textOf, titleOf, yearOf } from './values.ts';

const WANTED = {
  title: { names: TITLE, label: 'title' },
  rating: { names: RATING, label: 'rating' },
  year: { names: YEAR, label: 'year' },
  imdbId: { names: IMDB, label: 'imdbId' },
  tmdbId: { names: TMDB, label: 'tmdbId' },
  time: { names: TIME, label: 'date' },
} as const;

type Column = keyof typeof WANTED;
type Fields = (row: TableRow, column: Column) => string;

/**
 * Any other table of one person's ratings, as other services and spreadsheets have it: titles or ids with ratings, on the scale that the whole
 * column looks like. Null for anything else, and where the scale cannot be told.
 */
export function readOtherTable(_path: string, table: Table): PersonalFile | null {
  const found = findColumns(table.columns, WANTED);
  const isNamed = found.title >= 0 || found.imdbId >= 0 || found.tmdbId >= 0;
  if (found.rating < 0 || !isNamed || hasColumn(table, 'userid', 'user', 'username')) return null;
  const fieldOf = fieldsBy(table, found);
  const scale = scaleOf(table, (row) => fieldOf(row, 'rating'), table.columns[found.rating] ?? '');
  if (scale === null) return null;
  const leftOut = new LeftOutCounter();
  const rows = table.rows.flatMap((row) => readRow(row, { fieldOf, scale, leftOut }));
  return rows.length === 0 ? null : { service: SERVICES[scale], rows, leftOut };
}

const SERVICES: Readonly<Record<OwnScale, string>> = {
  stars: 'a table of ratings in stars',
  '10': 'a table of ratings out of 10',
  '100': 'a table of ratings out of 100',
  likes: 'a table of likes',
};

function fieldsBy({ columns }: Table, found: Found<Column>): Fields {
  return (row, column) => (found[column] < 0 ? '' : row.get(columnName(columns[found[column]] ?? '')));
}

const LEAST_ONES = 5;
const LIKED = /^(?:likes?|liked|thumbs?(?:up)?|isliked|favou?rites?)$/;

/** The scale of a column of ratings; null where it can hardly be told. */
function scaleOf(table: Table, ratingOf: (row: TableRow) => string, name: string): OwnScale | null {
  const tally = new ColumnTally();
  let numOthers = 0;
  let numOnes = 0;
  for (const row of table.rows) {
    const text = ratingNumber('stars', textOf(ratingOf(row)));
    const value = parseDecimal(text);
    if (value === 1) numOnes++;
    else if (value === null ? text !== '' : Math.abs(value) !== 1 && value !== 0) numOthers++;
    // Nobody rates a film 0 but who did not rate it.
    if (value === null) tally.addText(text);
    else if (value !== 0) tally.addNumber(value);
  }
  // Ones alone are likes by their name; a few of them may be the worst of five stars as well.
  if (numOnes > 0 && numOthers === 0 && LIKED.test(columnName(name))) return 'likes';
  if (numOnes > 0 && numOthers === 0 && numOnes < LEAST_ONES) return null;
  const guess = guessScale(tally.facts(), name);
  if (guess === null) return 'stars';
  if (guess.scale === null) return guess.isCertain || tally.facts().count === 0 ? null : 'stars';
  return guess.scale === 'counts' ? null : guess.scale;
}

function readRow(
  row: TableRow,
  { fieldOf, scale, leftOut }: { fieldOf: Fields; scale: OwnScale; leftOut: LeftOutCounter },
): PersonalRow[] {
  const text = textOf(fieldOf(row, 'rating'));
  const isZero = scale !== 'likes' && parseDecimal(text) === 0;
  const halfStars = isZero ? null : halfStarsOn(scale, ratingNumber(scale, text));
  const reason =
    notAFilm(row.get('type', 'titletype', 'mediatype')) ?? (halfStars === null ? NOT_ON_SCALE[scale] : null);
  if (reason !== null) {
    leftOut.count(reason);
    return [];
  }
  return [
    {
      kind: 'rating',
      title: titleOf(fieldOf(row, 'title')),
      year: yearOf(fieldOf(row, 'year')),
      imdbId: imdbIdOf(fieldOf(row, 'imdbId')),
      tmdbId: idOf(fieldOf(row, 'tmdbId')),
      halfStars,
      watchedAtSeconds: secondsOf(fieldOf(row, 'time')),
    },
  ];
}

const NOT_ON_SCALE: Readonly<Record<OwnScale, string>> = {
  stars: 'no rating from 0.5 to 5 stars',
  '10': 'no rating from 1 to 10',
  '100': 'no rating from 1 to 100',
  likes: 'neither liked nor disliked',
};
