import type { EntityManager } from 'typeorm';
import { MOVIE_AGGREGATE_COLUMNS, movieAggregates, RatingTally } from '../aggregates.ts';
import { insertRows } from '../statements.ts';
import { toSortTitle } from '../sortTitle.ts';
import { ensureGenres, genresOfMovies, recountGenres } from './genres.ts';
import { bringBackRatings, hideRatings, ratersOf } from './hiddenRatings.ts';
import { inParts, type OverlayFilm } from './overlayFilm.ts';
import { countInGenres, touchUsers, type Rater } from './raters.ts';

/** A movie of an app with its number. */
export type NumberedFilm = OverlayFilm & { movieId: number };

/** The columns that a description fills, in the order of `movieValues`. */
export const MOVIE_COLUMNS = ['title', 'sortTitle', 'alternativeTitles', 'releaseYear', 'posterUrl'] as const;

export function movieValues(film: OverlayFilm): (string | number | null)[] {
  return [
    film.title,
    toSortTitle(film.title),
    JSON.stringify(film.alternativeTitles),
    film.releaseYear,
    film.posterUrl,
  ];
}

/**
 * Puts movies among those that everybody sees, with the ratings that they had before they were hidden.
 * @returns the users of these ratings
 */
export async function placeMovies(
  manager: EntityManager,
  films: readonly NumberedFilm[],
  meanRating: number,
): Promise<number[]> {
  if (films.length === 0) return [];
  const genreId = await ensureGenres(
    manager,
    films.flatMap(({ genres }) => genres),
  );
  const unrated = movieAggregates(new RatingTally(), meanRating);
  await inParts(films, (part) =>
    insertRows(
      manager,
      'movie',
      ['movieId', ...MOVIE_COLUMNS, ...MOVIE_AGGREGATE_COLUMNS],
      part.map((film) => [film.movieId, ...movieValues(film), ...unrated]),
    ),
  );
  const links = films.flatMap(({ movieId, genres }) =>
    idsOf(genres, genreId).map((id) => [movieId, id] as const),
  );
  await inParts(links, (part) => insertRows(manager, 'movie_genre', ['movieId', 'genreId'], part));
  await recountGenres(
    manager,
    links.map(([, id]) => id),
  );
  await insertLinks(manager, films);
  const raters: Rater[] = [];
  for (const movieId of await withHiddenRatings(manager, films)) {
    const film = films.find((one) => one.movieId === movieId);
    raters.push(
      ...(await bringBackRatings(manager, movieId, idsOf(film?.genres ?? [], genreId), meanRating)),
    );
  }
  return raters.map(({ userId }) => userId);
}

function idsOf(names: readonly string[], genreId: (name: string) => number): number[] {
  return [...new Set(names.map(genreId))];
}

async function withHiddenRatings(manager: EntityManager, films: readonly NumberedFilm[]): Promise<number[]> {
  const found: number[] = [];
  await inParts(
    films.map(({ movieId }) => movieId),
    async (part, marks) => {
      const rows = await manager.query<{ movieId: number }[]>(
        `SELECT DISTINCT movieId FROM hidden_rating WHERE movieId IN (${marks})`,
        part,
      );
      found.push(...rows.map(({ movieId }) => movieId));
    },
  );
  return found;
}

async function insertLinks(manager: EntityManager, films: readonly NumberedFilm[]): Promise<void> {
  const linked = films.filter(({ imdbId, tmdbId }) => imdbId !== null || tmdbId !== null);
  await inParts(linked, (part) =>
    insertRows(
      manager,
      'external_ids',
      ['movieId', 'imdbId', 'tmdbId'],
      part.map(({ movieId, imdbId, tmdbId }) => [movieId, imdbId, tmdbId]),
    ),
  );
}

/**
 * Takes movies away from what everybody sees; their ratings are kept aside. The movies are locked.
 * @returns the users of these ratings
 */
export async function withdrawMovies(manager: EntityManager, movieIds: readonly number[]): Promise<number[]> {
  const genres = await genresOfMovies(manager, movieIds);
  const raters: Rater[] = [];
  for (const movieId of movieIds)
    raters.push(...(await hideRatings(manager, movieId, genres.get(movieId) ?? [])));
  await inParts(movieIds, async (part, marks) => {
    for (const table of ['external_ids', 'movie_genre', 'movie'])
      await manager.query(`DELETE FROM ${table} WHERE movieId IN (${marks})`, part);
  });
  await recountGenres(manager, [...genres.values()].flat());
  return raters.map(({ userId }) => userId);
}

/**
 * Writes what is known of movies that are there anew; their ratings stay. The movies are locked.
 * @returns the users who have rated one whose genres are others now
 */
export async function rewriteMovies(
  manager: EntityManager,
  films: readonly NumberedFilm[],
): Promise<number[]> {
  if (films.length === 0) return [];
  const genreId = await ensureGenres(
    manager,
    films.flatMap(({ genres }) => genres),
  );
  const before = await genresOfMovies(
    manager,
    films.map(({ movieId }) => movieId),
  );
  const changed: number[] = [];
  const userIds: number[] = [];
  for (const film of films) {
    await manager.query(
      `UPDATE movie SET ${MOVIE_COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE movieId = ?`,
      [...movieValues(film), film.movieId],
    );
    await manager.query('DELETE FROM external_ids WHERE movieId = ?', [film.movieId]);
    const now = idsOf(film.genres, genreId);
    const change = await changeGenres(manager, film.movieId, before.get(film.movieId) ?? [], now);
    changed.push(...change.genreIds);
    userIds.push(...change.raters.map(({ userId }) => userId));
  }
  await insertLinks(manager, films);
  await recountGenres(manager, changed);
  return userIds;
}

/** @returns the genres that the movie got or lost, and who has rated it */
async function changeGenres(
  manager: EntityManager,
  movieId: number,
  from: readonly number[],
  to: readonly number[],
): Promise<{ genreIds: number[]; raters: Rater[] }> {
  const lost = from.filter((id) => !to.includes(id));
  const got = to.filter((id) => !from.includes(id));
  if (lost.length + got.length === 0) return { genreIds: [], raters: [] };
  const raters = await ratersOf(manager, movieId);
  if (raters.length > 0) {
    await touchUsers(manager, raters);
    await countInGenres(manager, raters, lost, -1);
    await countInGenres(manager, raters, got, 1);
  }
  for (const id of lost)
    await manager.query('DELETE FROM movie_genre WHERE movieId = ? AND genreId = ?', [movieId, id]);
  await insertRows(
    manager,
    'movie_genre',
    ['movieId', 'genreId'],
    got.map((id) => [movieId, id]),
  );
  return { genreIds: [...lost, ...got], raters };
}
