import {
  appOfNamespace,
  FIRST_OVERLAY_MOVIE_ID,
  genreKey,
  groupBy,
  LinkedMovies,
  MOVIE_AGGREGATE_COLUMNS,
  MOVIE_COLUMNS,
  movieAggregates,
  movieValues,
  RatingTally,
  readCatalogueState,
  readOverlay,
  type OverlayRow,
} from '@pocketrocket/schema/database';
import type { Dataset } from '../dataset/dataset.ts';
import { InsertLoader, type Queries } from './bulkInsert.ts';
import type { TableNames } from './tables.ts';

/** Movies of apps, which belong to no data set. */
export interface KeptOverlay {
  /** Deleted ones included; the oldest of each movie first. */
  rows: readonly OverlayRow[];
  lastMovieId: number;
}

/** The movies that apps' descriptions are of beside another data set. */
export interface OverlayPlan {
  /** By number before: the number of the same movie from now on. */
  moved: ReadonlyMap<number, number>;
  /** The rows as they are from now on. */
  rows: readonly OverlayRow[];
  /** Genres that the data set lacks, numbered behind its own. */
  addedGenres: readonly string[];
  /** Genres of the movies that are made of rows, ascending. */
  genreIdsOf: ReadonlyMap<number, readonly number[]>;
  lastMovieId: number;
}

export async function readKeptOverlay(queries: Queries): Promise<KeptOverlay> {
  const { lastMovieId } = await readCatalogueState(queries);
  return { rows: await readOverlay(queries, '1 = 1'), lastMovieId };
}

/**
 * Finds what movies apps' descriptions are of beside a data set: one of its own by an id at IMDb or TMDB, else their own. Numbers stay,
 * unless a movie of the data set has the same one.
 */
export function planOverlay({ rows, lastMovieId }: KeptOverlay, dataset: Dataset): OverlayPlan {
  const linked = new LinkedMovies();
  if (rows.length > 0) for (const movie of dataset.movies) linked.add(movie);
  const isInDataset = (movieId: number) => dataset.movieIndex.indexOf(movieId) >= 0;
  let last = Math.max(FIRST_OVERLAY_MOVIE_ID - 1, lastMovieId);
  const nextNumber = () => {
    do last++;
    while (isInDataset(last));
    return last;
  };
  const moved = new Map<number, number>();
  const after: OverlayRow[] = [];
  for (const [movieId, group] of groupBy(rows, (row) => row.movieId)) {
    const place = placeOf(movieId, group, { linked, isInDataset, nextNumber });
    moved.set(movieId, place.movieId);
    const owner = place.isOwn ? ownerOf(group) : null;
    for (const row of group) after.push({ ...row, movieId: place.movieId, isOwner: row === owner ? 1 : 0 });
  }
  return { moved, rows: after, lastMovieId: last, ...genresOf(after, dataset) };
}

interface Beside {
  linked: LinkedMovies;
  isInDataset: (movieId: number) => boolean;
  nextNumber: () => number;
}

function placeOf(
  movieId: number,
  group: readonly OverlayRow[],
  { linked, isInDataset, nextNumber }: Beside,
): { movieId: number; isOwn: boolean } {
  const visible = group.filter(({ isHidden }) => isHidden === 0);
  for (const row of visible) {
    const known = linked.find(row);
    if (known !== null) return { movieId: known, isOwn: false };
  }
  if (group.some(({ isOwner }) => isOwner === 1))
    return { movieId: isInDataset(movieId) ? nextNumber() : movieId, isOwn: true };
  const saysNothing = visible.every(({ imdbId, tmdbId }) => imdbId === null && tmdbId === null);
  if (saysNothing && isInDataset(movieId)) return { movieId, isOwn: false };
  // The movie that these were other names of is gone.
  return visible.length > 0 ? { movieId: nextNumber(), isOwn: true } : { movieId, isOwn: false };
}

/** The row that a movie is made of: the one before, or the oldest that is not deleted. */
function ownerOf(group: readonly OverlayRow[]): OverlayRow | undefined {
  return group.find(({ isOwner }) => isOwner === 1) ?? group.find(({ isHidden }) => isHidden === 0);
}

function genresOf(
  rows: readonly OverlayRow[],
  { genres }: Dataset,
): Pick<OverlayPlan, 'addedGenres' | 'genreIdsOf'> {
  const ids = new Map(genres.map((name, index) => [genreKey(name), index + 1]));
  const addedGenres: string[] = [];
  const genreIdsOf = new Map<number, readonly number[]>();
  for (const row of rows.filter(isMade)) {
    const own = row.genres.map((name) => {
      const known = ids.get(genreKey(name));
      if (known !== undefined) return known;
      const added = genres.length + addedGenres.push(name);
      ids.set(genreKey(name), added);
      return added;
    });
    genreIdsOf.set(
      row.movieId,
      [...new Set(own)].sort((a, b) => a - b),
    );
  }
  return { addedGenres, genreIdsOf };
}

/** True of a row that a movie is made of for everybody to see. */
function isMade({ isOwner, isHidden }: OverlayRow): boolean {
  return isOwner === 1 && isHidden === 0;
}

/** Writes the apps' movies into tables that hold the data set. */
export async function writeOverlay(
  queries: Queries,
  names: TableNames,
  plan: OverlayPlan,
  { meanRating, genres }: Dataset,
): Promise<void> {
  const loader = new InsertLoader(queries, names);
  const made = plan.rows.filter(isMade);
  await loader.load(
    'genre',
    ['genreId', 'name', 'movieCount'],
    plan.addedGenres.map((name, index) => [genres.length + 1 + index, name, 0]),
  );
  const unrated = movieAggregates(new RatingTally(), meanRating);
  await loader.load(
    'movie',
    ['movieId', ...MOVIE_COLUMNS, ...MOVIE_AGGREGATE_COLUMNS],
    made.map((row) => [row.movieId, ...movieValues(row), ...unrated]),
  );
  const links = [...plan.genreIdsOf].flatMap(([movieId, ids]) => ids.map((genreId) => [movieId, genreId]));
  await loader.load('movie_genre', ['movieId', 'genreId'], links);
  const counts = new Map<number, number>();
  for (const [, genreId = 0] of links) counts.set(genreId, 1 + (counts.get(genreId) ?? 0));
  for (const [genreId, count] of counts)
    await queries.query(`UPDATE ${names('genre')} SET movieCount = movieCount + ? WHERE genreId = ?`, [
      count,
      genreId,
    ]);
  await loader.load(
    'external_ids',
    ['movieId', 'imdbId', 'tmdbId'],
    made
      .filter(({ imdbId, tmdbId }) => imdbId !== null || tmdbId !== null)
      .map(({ movieId, imdbId, tmdbId }) => [movieId, imdbId, tmdbId]),
  );
  await loader.load(
    'movie_external_id',
    ['namespace', 'externalId', 'movieId'],
    plan.rows
      .filter(({ isHidden }) => isHidden === 0)
      .map(({ namespace, externalId, movieId }) => [namespace, externalId, movieId]),
  );
}

/** Tables beside the data set that have one row for each user and movie. */
const TABLES_OF_USERS = ['app_rating', 'hidden_rating'] as const;

/** Lets everything beside the data set follow movies that have another number now; in the transaction that keeps writers out. */
export async function moveOverlay(queries: Queries, before: KeptOverlay, plan: OverlayPlan): Promise<void> {
  const idOf = ({ namespace, externalId }: OverlayRow) => `${namespace} ${externalId}`;
  const held = new Map(before.rows.map((row) => [idOf(row), row]));
  const appsOf = new Map<number, Set<string>>();
  for (const row of plan.rows) {
    const old = held.get(idOf(row));
    if (!old || (old.movieId === row.movieId && old.isOwner === row.isOwner)) continue;
    appsOf.set(old.movieId, (appsOf.get(old.movieId) ?? new Set()).add(appOfNamespace(row.namespace)));
    await queries.query(
      'UPDATE overlay_movie SET movieId = ?, isOwner = ? WHERE namespace = ? AND externalId = ?',
      [row.movieId, row.isOwner, row.namespace, row.externalId],
    );
  }
  const moves = [...plan.moved].filter(([from, to]) => from !== to);
  // By numbers that no movie has: one may move to where another comes from.
  for (const [index, [from]] of moves.entries())
    await moveMovie(
      queries,
      from,
      -1 - index,
      from < FIRST_OVERLAY_MOVIE_ID ? (appsOf.get(from) ?? null) : null,
    );
  for (const [index, [, to]] of moves.entries()) await moveMovie(queries, -1 - index, to, null);
  if (plan.lastMovieId > before.lastMovieId && before.rows.length > 0)
    await queries.query('UPDATE catalogue_state SET lastMovieId = ? WHERE stateId = 1', [plan.lastMovieId]);
}

/** @param apps whose users and events alone follow; null for everybody's */
async function moveMovie(
  queries: Queries,
  from: number,
  to: number,
  apps: ReadonlySet<string> | null,
): Promise<void> {
  const ids = [...(apps ?? [])];
  const marks = ids.map(() => '?').join(', ');
  const ofApps = (column: string, select: string) => (apps ? ` AND ${column} IN (${select} (${marks}))` : '');
  for (const table of TABLES_OF_USERS) {
    const users = ofApps('userId', 'SELECT userId FROM app_user WHERE appId IN');
    // Who has both keeps the one that is there; MySQL reads a table that it deletes from as a derived one only.
    await queries.query(
      `DELETE FROM ${table} WHERE movieId = ? AND userId IN (SELECT userId FROM (SELECT userId FROM ${table} WHERE movieId = ?) taken)${users}`,
      [from, to, ...ids],
    );
    await queries.query(`UPDATE ${table} SET movieId = ? WHERE movieId = ?${users}`, [to, from, ...ids]);
  }
  const events = apps ? ` AND appId IN (${marks})` : '';
  await queries.query(`UPDATE app_event SET movieId = ? WHERE movieId = ?${events}`, [to, from, ...ids]);
}
