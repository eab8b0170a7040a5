import { tableOfMark, type MovieMark } from '@pocketrocket/schema/database';
import type { Dataset } from '../dataset/dataset.ts';
import { InsertLoader, type Queries } from './bulkInsert.ts';
import type { OverlayPlan } from './keepOverlay.ts';
import { keptFinder, titleKey, type KeptMovie } from './keptMovies.ts';
import type { TableNames } from './tables.ts';

/** A movie that a user dismissed or means to watch. */
interface KeptMark extends KeptMovie {
  userId: number;
  atSeconds: number;
}

/** Marks of accounts and of apps' users, which do not belong to the data set. */
export type KeptMarks = Record<MovieMark, KeptMark[]>;

/** Reads which movies users have dismissed or mean to watch, before the data set that these speak of goes. */
export async function readMarks(queries: Queries): Promise<KeptMarks> {
  return { dismissed: await marksOf(queries, 'dismissed'), watchlist: await marksOf(queries, 'watchlist') };
}

async function marksOf(queries: Queries, mark: MovieMark): Promise<KeptMark[]> {
  const { table, time } = tableOfMark(mark);
  const rows = (await queries.query(
    `SELECT mark.userId, mark.movieId, mark.${time} AS atSeconds, movie.title, movie.releaseYear, external_ids.imdbId
     FROM ${table} mark
     LEFT JOIN movie ON movie.movieId = mark.movieId
     LEFT JOIN external_ids ON external_ids.movieId = mark.movieId
     ORDER BY mark.userId, mark.movieId`,
  )) as (KeptMark & { releaseYear: number | null })[];
  return rows.map(({ releaseYear, ...mark }) => ({
    ...mark,
    title: mark.title === null ? null : titleKey({ title: mark.title, releaseYear }),
  }));
}

/** Writes the marks of the movies that the data set has too, found as those of ratings are. The others are dropped. */
export async function writeMarks(
  queries: Queries,
  names: TableNames,
  marks: KeptMarks,
  dataset: Dataset,
  overlay: OverlayPlan,
): Promise<void> {
  const find = keptFinder(dataset, overlay);
  const loader = new InsertLoader(queries, names);
  for (const mark of ['dismissed', 'watchlist'] as const) {
    const kept = new Map<string, number[]>();
    for (const one of marks[mark]) {
      const movieId = find(one);
      const key = `${one.userId} ${movieId}`;
      if (movieId !== undefined && !kept.has(key)) kept.set(key, [one.userId, movieId, one.atSeconds]);
    }
    await loader.load(`${mark}_movie`, ['userId', 'movieId', tableOfMark(mark).time], kept.values());
  }
}
