import { parseMovieLensTitle } from '../values/titles.ts';
import { LeftOutCounter, type PersonalFile, type PersonalRow } from './personalRow.ts';
import { hasColumn, type Table, type TableRow } from './table.ts';
import { halfStarsOf, idOf, imdbIdOf, secondsOf } from './values.ts';

/** The export of movielens.org: `movielens-ratings.csv`, and `movielens-wishlist.csv` without ratings. Null for anything else. */
export function readMovieLensOrg(path: string, table: Table): PersonalFile | null {
  const isOwn =
    hasColumn(table, 'movieid') && hasColumn(table, 'title') && hasColumn(table, 'imdbid', 'averagerating');
  if (!isOwn || hasColumn(table, 'userid', 'tag')) return null;
  const leftOut = new LeftOutCounter();
  const isRated = hasColumn(table, 'rating');
  if (!isRated && !/wish|watch/i.test(path)) return null;
  return {
    service: 'movielens.org',
    rows: table.rows.flatMap((row) => readRow(row, isRated, leftOut)),
    leftOut,
  };
}

function readRow(row: TableRow, isRated: boolean, leftOut: LeftOutCounter): PersonalRow[] {
  const halfStars = isRated ? halfStarsOf(row.get('rating'), 5) : null;
  if (isRated && halfStars === null) {
    leftOut.count('no rating from 0.5 to 5 stars');
    return [];
  }
  const { title, releaseYear } = parseMovieLensTitle(row.get('title'));
  return [
    {
      kind: isRated ? 'rating' : 'watchlist',
      title: title || null,
      year: releaseYear,
      imdbId: imdbIdOf(row.get('imdbid')),
      tmdbId: idOf(row.get('tmdbid')),
      halfStars,
      watchedAtSeconds: secondsOf(row.get('ratedat', 'date', 'timestamp')),
    },
  ];
}
