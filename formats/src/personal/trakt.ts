import { notAFilm } from './filmType.ts';
import { LeftOutCounter, type PersonalFile, type PersonalKind, type PersonalRow } from './personalRow.ts';
import { hasColumn, type Table, type TableRow } from './table.ts';
import { halfStarsOf, idOf, imdbIdOf, secondsOf, textOf, titleOf, yearOf } from './values.ts';

const SERVICE = 'Trakt';

/** Times of an entry, the more telling ones first. */
const TIMES = ['rated_at', 'watched_at', 'last_watched_at', 'listed_at', 'liked_at'];

type Fields = Readonly<Record<string, unknown>>;

/** An entry, and the words that say what list it is in: the file's name, and the keys above it. */
interface Entry {
  fields: Fields;
  list: string;
}

/** Keys above a list of entries, as `history.movies`. */
const MAX_DEPTH = 3;

/**
 * Trakt's JSON: entries with a `movie` (ratings, history, watched, watchlist, favourites), or films in lists by their kind, as its API
 * takes them, also several such documents in one. Null for anything else.
 */
export function readTraktJson(path: string, content: unknown): PersonalFile | null {
  const entries = entriesOf(content, fileName(path));
  if (!entries) return null;
  const own = entries.filter(({ fields }) => isEntry(fields));
  // An empty list tells nothing of who wrote it.
  if (own.length === 0 && (entries.length > 0 || !/trakt|ratings|watched|watchlist|history|favo/i.test(path)))
    return null;
  const leftOut = new LeftOutCounter();
  if (own.length < entries.length) leftOut.count('no film', entries.length - own.length);
  const rows = own.flatMap((entry) => entryRows(entry, leftOut));
  return { service: SERVICE, rows, leftOut };
}

/** Trakt's CSV: `rated_at`, `watched_at` or `listed_at` beside type, title and ids. Null for anything else. */
export function readTraktCsv(path: string, table: Table): PersonalFile | null {
  const isOwn =
    hasColumn(table, 'traktid', 'traktrating') ||
    hasColumn(table, 'ratedat', 'watchedat', 'listedat', 'lastwatchedat');
  if (!isOwn || !hasColumn(table, 'title') || hasColumn(table, 'userid')) return null;
  const leftOut = new LeftOutCounter();
  const list = fileName(path);
  const rows = table.rows.flatMap((row) => filmRows(list, ofTableRow(row), row.get('type'), leftOut));
  return { service: SERVICE, rows, leftOut };
}

function ofTableRow(row: TableRow): Fields {
  return {
    title: row.get('title'),
    year: row.get('year', 'released'),
    imdb: row.get('imdbid', 'imdb'),
    tmdb: row.get('tmdbid', 'tmdb'),
    rating: row.get('yourrating', 'myrating', 'rating'),
    rated_at: row.get('ratedat'),
    watched_at: row.get('watchedat', 'lastwatchedat'),
    listed_at: row.get('listedat'),
  };
}

/** The entries of a list, or of the lists in an object, at any depth up to `MAX_DEPTH`; null where there is no list. */
function entriesOf(content: unknown, list: string, depth = 0): Entry[] | null {
  if (Array.isArray(content))
    return content.map((fields: unknown) => ({ fields: isObject(fields) ? fields : {}, list }));
  if (!isObject(content) || depth === MAX_DEPTH) return null;
  const lists = Object.entries(content).flatMap(([key, value]) => {
    const entries = entriesOf(value, `${list} ${key}`, depth + 1);
    // The key names the type of what is in the list.
    return entries ? [entries.map((entry) => ({ ...entry, fields: { type: key, ...entry.fields } }))] : [];
  });
  return lists.length > 0 ? lists.flat() : null;
}

function isEntry(entry: Fields): boolean {
  const isNested = ['movie', 'show', 'person', 'ids'].some((key) => isObject(entry[key]));
  return isNested || (textOf(entry['title']) !== '' && TIMES.some((key) => textOf(entry[key]) !== ''));
}

function entryRows({ fields: entry, list }: Entry, leftOut: LeftOutCounter): PersonalRow[] {
  const { movie, show, episode, season, person } = entry;
  const other = episode ? 'episode' : season ? 'season' : show ? 'show' : person ? 'person' : '';
  const film = isObject(movie) ? movie : entry;
  const ids = isObject(film['ids']) ? film['ids'] : {};
  const type = isObject(movie) ? 'movie' : other || textOf(entry['type']);
  const imdb = ids['imdb'] ?? film['imdb_id'];
  const tmdb = ids['tmdb'] ?? film['tmdb_id'];
  return filmRows(list, { ...entry, ...film, imdb, tmdb, rating: entry['rating'] }, type, leftOut);
}

function filmRows(list: string, film: Fields, type: string, leftOut: LeftOutCounter): PersonalRow[] {
  const kind = kindOf(list, film);
  const halfStars = kind === 'rating' ? halfStarsOf(film['rating'], 10) : null;
  const reason =
    notAFilm(type) ??
    (kind === null ? 'neither rated, watched, liked nor listed' : null) ??
    (kind === 'rating' && halfStars === null ? 'no rating from 1 to 10' : null);
  if (reason !== null || kind === null) {
    leftOut.count(reason ?? '');
    return [];
  }
  return [
    {
      kind,
      title: titleOf(film['title']),
      year: yearOf(film['year']),
      imdbId: imdbIdOf(film['imdb']),
      tmdbId: idOf(film['tmdb']),
      halfStars,
      watchedAtSeconds: secondsOf(TIMES.map((key) => film[key]).find((time) => textOf(time) !== '')),
    },
  ];
}

function kindOf(list: string, film: Fields): PersonalKind | null {
  const has = (name: string) => textOf(film[name]) !== '';
  if (has('rated_at') || has('rating')) return 'rating';
  if (has('watched_at') || has('last_watched_at') || has('plays')) return 'watched';
  if (has('liked_at') || /favo|likes/i.test(list)) return 'like';
  if (/watchlist/i.test(list)) return 'watchlist';
  // A list of a person's own making says nothing of the films in it.
  return has('listed_at') && !/^lists?-/i.test(list) ? 'watchlist' : null;
}

function fileName(path: string): string {
  return path.replace(/.*\//, '');
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
