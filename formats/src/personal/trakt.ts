import { notAFilm } from './filmType.ts';
import { LeftOutCounter, type PersonalFile, type PersonalKind, type PersonalRow } from './personalRow.ts';
import { hasColumn, type Table, type TableRow } from './table.ts';
import { halfStarsOf, idOf, imdbIdOf, secondsOf, textOf, titleOf, yearOf } from './values.ts';

const SERVICE = 'Trakt';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Trakt's JSON: entries with a `movie` (ratings, history, watched, watchlist, favourites), or films in lists by their kind, as its API
 * takes them. Null for anything else.
 */
export function readTraktJson(path: string, content: unknown): PersonalFile | null {
  const entries = entriesOf(content);
  if (!entries || !entries.every(isEntry)) return null;
  // An empty list tells nothing of who wrote it.
  if (entries.length === 0 && !/trakt|ratings|watched|watchlist|history|favo/i.test(path)) return null;
  const leftOut = new LeftOutCounter();
  const rows = entries.flatMap((entry) => entryRows(path, entry, leftOut));
  return { service: SERVICE, rows, leftOut };
}

/** Trakt's CSV: `rated_at`, `watched_at` or `listed_at` beside type, title and ids. Null for anything else. */
export function readTraktCsv(path: string, table: Table): PersonalFile | null {
  const isOwn =
    hasColumn(table, 'traktid', 'traktrating') ||
    hasColumn(table, 'ratedat', 'watchedat', 'listedat', 'lastwatchedat');
  if (!isOwn || !hasColumn(table, 'title') || hasColumn(table, 'userid')) return null;
  const leftOut = new LeftOutCounter();
  const rows = table.rows.flatMap((row) => filmRows(path, ofTableRow(row), row.get('type'), leftOut));
  return { service: SERVICE, rows, leftOut };
}

function ofTableRow(row: TableRow): Fields {
  return {
    title: row.get('title'),
    year: row.get('year', 'released'),
    imdb: row.get('imdbid', 'imdb'),
    tmdb: row.get('tmdbid', 'tmdb'),
    rating: row.get('rating', 'yourrating', 'myrating'),
    rated_at: row.get('ratedat'),
    watched_at: row.get('watchedat', 'lastwatchedat'),
    listed_at: row.get('listedat'),
  };
}

/** The entries of a document: of a list itself, or of the lists in an object, which name the type of what is in them. */
function entriesOf(content: unknown): Fields[] | null {
  if (Array.isArray(content)) return content.every(isObject) ? content : null;
  if (!isObject(content)) return null;
  const lists = Object.entries(content).filter(([, value]) => Array.isArray(value));
  if (lists.length === 0) return null;
  return lists.flatMap(([key, list]) =>
    (list as unknown[]).filter(isObject).map((entry) => ({ type: key, ...entry })),
  );
}

function isEntry(entry: Fields): boolean {
  return (
    isObject(entry['movie']) || isObject(entry['show']) || isObject(entry['person']) || isObject(entry['ids'])
  );
}

function entryRows(path: string, entry: Fields, leftOut: LeftOutCounter): PersonalRow[] {
  const { movie, show, episode, season, person } = entry;
  const other = episode ? 'episode' : season ? 'season' : show ? 'show' : person ? 'person' : '';
  const film = isObject(movie) ? movie : entry;
  const ids = isObject(film['ids']) ? film['ids'] : {};
  const type = isObject(movie) ? 'movie' : other || textOf(entry['type']);
  return filmRows(
    path,
    { ...entry, ...film, imdb: ids['imdb'], tmdb: ids['tmdb'], rating: entry['rating'] },
    type,
    leftOut,
  );
}

function filmRows(path: string, film: Fields, type: string, leftOut: LeftOutCounter): PersonalRow[] {
  const kind = kindOf(path, film);
  const halfStars = kind === 'rating' ? halfStarsOf(film['rating'], 10) : null;
  const reason =
    notAFilm(type) ??
    (kind === null ? 'neither rated, watched, liked nor listed' : null) ??
    (kind === 'rating' && halfStars === null ? 'no rating from 1 to 10' : null);
  if (reason !== null || kind === null) {
    leftOut.count(reason ?? '');
    return [];
  }
  const at = [
    film['rated_at'],
    film['watched_at'],
    film['last_watched_at'],
    film['listed_at'],
    film['liked_at'],
  ];
  return [
    {
      kind,
      title: titleOf(film['title']),
      year: yearOf(film['year']),
      imdbId: imdbIdOf(film['imdb']),
      tmdbId: idOf(film['tmdb']),
      halfStars,
      watchedAtSeconds: secondsOf(at.find((time) => textOf(time) !== '')),
    },
  ];
}

function kindOf(path: string, film: Fields): PersonalKind | null {
  const has = (name: string) => textOf(film[name]) !== '';
  if (has('rated_at') || has('rating')) return 'rating';
  if (has('watched_at') || has('last_watched_at') || has('plays')) return 'watched';
  if (has('liked_at') || /favo|likes/i.test(path)) return 'like';
  return has('listed_at') || /watchlist/i.test(path) ? 'watchlist' : null;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
