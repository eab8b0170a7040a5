import { namespaceOfApp } from '@pocketrocket/schema/database';
import type { DataSource } from 'typeorm';
import { placeholders } from '../database/batches.ts';
import { numbersOf } from '../database/externalIds.ts';
import type { CheckedEvent } from './checkEvent.ts';

/** One entry per event, in their order: the number of its movie; null where there is none. */
export async function findMovies(
  dataSource: DataSource,
  appId: string,
  events: readonly Pick<CheckedEvent, 'movie'>[],
): Promise<(number | null)[]> {
  const externalIds = [
    ...new Set(events.flatMap(({ movie }) => ('externalId' in movie ? [movie.externalId] : []))),
  ];
  const numbers = await numbersOfIds(dataSource, appId, externalIds);
  const wanted = events.map(({ movie }) =>
    'movieId' in movie ? movie.movieId : (numbers.get(movie.externalId) ?? null),
  );
  const known = await knownMovies(dataSource, [...new Set(wanted.filter((movieId) => movieId !== null))]);
  return wanted.map((movieId) => (movieId !== null && known.has(movieId) ? movieId : null));
}

/** The app's own ids come before the data set's. */
async function numbersOfIds(
  dataSource: DataSource,
  appId: string,
  externalIds: readonly string[],
): Promise<Map<string, number>> {
  if (externalIds.length === 0) return new Map();
  const own = await dataSource.query<{ externalId: string; movieId: number }[]>(
    `SELECT externalId, movieId FROM movie_external_id WHERE namespace = ? AND externalId IN (${placeholders(externalIds)})`,
    [namespaceOfApp(appId), ...externalIds],
  );
  const numbers = new Map(own.map(({ externalId, movieId }) => [externalId, movieId]));
  const others = externalIds.filter((externalId) => !numbers.has(externalId));
  const ofDataset = await numbersOf(dataSource, 'movie', others);
  for (const [place, movieId] of ofDataset.entries())
    if (movieId !== null) numbers.set(others[place] ?? '', movieId);
  return numbers;
}

async function knownMovies(dataSource: DataSource, movieIds: readonly number[]): Promise<Set<number>> {
  if (movieIds.length === 0) return new Set();
  const rows = await dataSource.query<{ movieId: number }[]>(
    `SELECT movieId FROM movie WHERE movieId IN (${placeholders(movieIds)})`,
    [...movieIds],
  );
  return new Set(rows.map(({ movieId }) => movieId));
}
