import { MovieMatcher, type MatchableMovie } from '@pocketrocket/formats';
import type { DataSource } from 'typeorm';
import { Turns } from '../timing/turns.ts';

/** Reads all movies by what exports name them by, into an index; others are served meanwhile. */
export async function readMatcher(dataSource: DataSource): Promise<MovieMatcher> {
  const rows = await dataSource.query<
    (Omit<MatchableMovie, 'alternativeTitles'> & { alternativeTitles: string })[]
  >(
    `SELECT movie.movieId, movie.title, movie.alternativeTitles, movie.releaseYear, external_ids.imdbId, external_ids.tmdbId
     FROM movie LEFT JOIN external_ids ON external_ids.movieId = movie.movieId ORDER BY movie.movieId`,
  );
  const matcher = new MovieMatcher();
  const turns = new Turns();
  for (const row of rows) {
    matcher.add({ ...row, alternativeTitles: JSON.parse(row.alternativeTitles) as string[] });
    await turns.yieldIfLong();
  }
  return matcher;
}
