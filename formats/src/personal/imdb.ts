import { notAFilm } from './filmType.ts';
import { LeftOutCounter, type PersonalFile, type PersonalRow } from './personalRow.ts';
import { hasColumn, type Table, type TableRow } from './table.ts';
import { halfStarsOf, imdbIdOf, secondsOf, titleOf, yearOf } from './values.ts';

const RATING = ['yourrating', 'yourated', 'myrating'];

/** IMDb's lists of ratings and of titles to watch, in the forms since 2013; ratings are of ten. Null for anything else. */
export function readImdb(path: string, table: Table): PersonalFile | null {
  if (!hasColumn(table, 'const', 'tconst') || !hasColumn(table, 'titletype', 'title', ...RATING)) return null;
  const leftOut = new LeftOutCounter();
  // A list names the ratings of its titles beside them; a list of ratings leaves none out.
  const isList = hasColumn(table, 'position') && !/rating/i.test(path.replace(/.*\//, ''));
  const rows = table.rows.flatMap((row) => readRow(row, isList, leftOut));
  return { service: 'IMDb', rows, leftOut };
}

function readRow(row: TableRow, isList: boolean, leftOut: LeftOutCounter): PersonalRow[] {
  const reason = notAFilm(row.get('titletype'));
  const given = row.get(...RATING);
  const halfStars = halfStarsOf(given, 10);
  const kind = given === '' && isList ? 'watchlist' : 'rating';
  if (reason ?? (kind === 'rating' && halfStars === null)) {
    leftOut.count(reason ?? 'no rating from 1 to 10');
    return [];
  }
  return [
    {
      kind,
      title: titleOf(row.get('title', 'originaltitle')),
      year: yearOf(row.get('year', 'releasedate')),
      imdbId: imdbIdOf(row.get('const', 'tconst')) ?? imdbIdOf(row.get('url')),
      tmdbId: null,
      halfStars,
      watchedAtSeconds: secondsOf(kind === 'rating' ? row.get('daterated', 'created') : row.get('created')),
    },
  ];
}
