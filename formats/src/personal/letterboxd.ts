import { LeftOutCounter, type PersonalFile, type PersonalKind, type PersonalRow } from './personalRow.ts';
import { hasColumn, type Table, type TableRow } from './table.ts';
import { halfStarsOf, idOf, imdbIdOf, secondsOf, titleOf, yearOf } from './values.ts';

const SERVICE = 'Letterboxd';
const RATINGS = ['rating', 'rating10'];

/** Letterboxd keeps what a person deleted, lists, and liked reviews and lists of others beside the rest. */
const NOT_OWN = /(?:^|\/)(?:(?:deleted|orphaned|lists)\/|likes\/(?:reviews|lists)[^/]*$)/i;

/**
 * `ratings.csv`, `diary.csv` and `reviews.csv` by their columns; `watched.csv`, `watchlist.csv` and `likes/films.csv`, whose columns are
 * alike, by their names. Null for anything else.
 */
export function readLetterboxd(path: string, table: Table): PersonalFile | null {
  // What Letterboxd takes in, as other programs write it, has no addresses but columns of its own.
  const isOwn =
    hasColumn(table, 'letterboxduri', 'letterboxdurl', 'rating10') ||
    (hasColumn(table, 'watcheddate') && !hasColumn(table, 'type', 'titletype'));
  if (!isOwn || !hasColumn(table, 'name', 'title') || hasColumn(table, 'userid')) return null;
  const leftOut = new LeftOutCounter();
  if (NOT_OWN.test(path)) {
    leftOut.count('deleted, or in a list', table.rows.length);
    return { service: SERVICE, rows: [], leftOut };
  }
  if (hasColumn(table, 'watcheddate'))
    return {
      service: SERVICE,
      rows: table.rows.flatMap((row) => diaryRows(row, leftOut)),
      isDiary: true,
      leftOut,
    };
  if (hasColumn(table, ...RATINGS))
    return { service: SERVICE, rows: table.rows.flatMap((row) => ratingRow(row, leftOut)), leftOut };
  const kind = kindByName(path);
  if (!kind) return null;
  const rows = table.rows.map((row) => film(row, kind, secondsOf(row.get('date'))));
  return { service: SERVICE, rows, leftOut };
}

function kindByName(path: string): PersonalKind | null {
  if (/watchlist[^/]*$/i.test(path)) return 'watchlist';
  if (/(?:^|\/)likes\/|(?:^|\/)(?:likes|films)[^/]*$/i.test(path)) return 'like';
  return /watched[^/]*$/i.test(path) ? 'watched' : null;
}

function diaryRows(row: TableRow, leftOut: LeftOutCounter): PersonalRow[] {
  const watchedAt = secondsOf(row.get('watcheddate', 'date'));
  const watched = film(row, 'watched', watchedAt);
  return row.get(...RATINGS) === '' ? [watched] : [watched, ...ratingRow(row, leftOut, watchedAt)];
}

function ratingRow(
  row: TableRow,
  leftOut: LeftOutCounter,
  ratedAt = secondsOf(row.get('date')),
): PersonalRow[] {
  const ofTen = row.get('rating') === '' ? row.get('rating10') : '';
  const halfStars = ofTen === '' ? halfStarsOf(row.get('rating'), 5) : halfStarsOf(ofTen, 10);
  if (halfStars !== null) return [{ ...film(row, 'rating', ratedAt), halfStars }];
  leftOut.count('no rating from 0.5 to 5 stars');
  return [];
}

function film(row: TableRow, kind: PersonalKind, watchedAtSeconds: number | null): PersonalRow {
  return {
    kind,
    title: titleOf(row.get('name', 'title')),
    year: yearOf(row.get('year')),
    imdbId: imdbIdOf(row.get('imdbid')),
    tmdbId: idOf(row.get('tmdbid')),
    halfStars: null,
    watchedAtSeconds,
  };
}
