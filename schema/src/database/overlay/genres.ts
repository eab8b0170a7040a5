import type { EntityManager } from 'typeorm';
import { insertRows } from '../statements.ts';
import { inParts } from './overlayFilm.ts';

/** Genres that differ in case or accents only are one. */
export function genreKey(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Finds the numbers of genres by name, and makes those that are new; whoever calls has locked the catalogue. */
export async function ensureGenres(
  manager: EntityManager,
  names: Iterable<string>,
): Promise<(name: string) => number> {
  const held = await manager.query<{ genreId: number; name: string }[]>('SELECT genreId, name FROM genre');
  const ids = new Map(held.map(({ genreId, name }) => [genreKey(name), genreId]));
  let last = Math.max(0, ...held.map(({ genreId }) => genreId));
  const added: [number, string, number][] = [];
  for (const name of names) {
    if (ids.has(genreKey(name))) continue;
    ids.set(genreKey(name), ++last);
    added.push([last, name, 0]);
  }
  await inParts(added, (part) => insertRows(manager, 'genre', ['genreId', 'name', 'movieCount'], part));
  return (name) => ids.get(genreKey(name)) ?? 0;
}

/** Counts the movies of genres anew. */
export async function recountGenres(manager: EntityManager, genreIds: Iterable<number>): Promise<void> {
  await inParts([...new Set(genreIds)], (part, marks) =>
    manager.query(
      `UPDATE genre SET movieCount = (SELECT COUNT(*) FROM movie_genre WHERE movie_genre.genreId = genre.genreId)
       WHERE genreId IN (${marks})`,
      part,
    ),
  );
}

/** The genres of movies, ascending. */
export async function genresOfMovies(
  manager: EntityManager,
  movieIds: readonly number[],
): Promise<Map<number, number[]>> {
  const genres = new Map<number, number[]>(movieIds.map((movieId) => [movieId, []]));
  await inParts(movieIds, async (part, marks) => {
    const links = await manager.query<{ movieId: number; genreId: number }[]>(
      `SELECT movieId, genreId FROM movie_genre WHERE movieId IN (${marks}) ORDER BY movieId, genreId`,
      part,
    );
    for (const { movieId, genreId } of links) genres.get(movieId)?.push(genreId);
  });
  return genres;
}
