import { MovieMatcher, type MatchableMovie } from '@pocketrocket/formats';
import type { DataSource } from 'typeorm';
import { Turns } from '../timing/turns.ts';

/** Movies of a page: few enough that no page holds up the event loop. */
const PAGE = 2_000;

type MatchableRow = Omit<MatchableMovie, 'alternativeTitles'> & { alternativeTitles: string };

/** Reads all movies by what exports name them by, page by page, into an index; others are served meanwhile. */
export async function readMatcher(dataSource: DataSource, pageSize = PAGE): Promise<MovieMatcher> {
  const matcher = new MovieMatcher();
  const turns = new Turns();
  let after: number | undefined = -1;
  while (after !== undefined) {
    const rows: MatchableRow[] = await dataSource.query<MatchableRow[]>(
      `SELECT movie.movieId, movie.title, movie.alternativeTitles, movie.releaseYear, external_ids.imdbId, external_ids.tmdbId
       FROM movie LEFT JOIN external_ids ON external_ids.movieId = movie.movieId
       WHERE movie.movieId > ? ORDER BY movie.movieId LIMIT ?`,
      [after, pageSize],
    );
    for (const row of rows) {
      matcher.add({ ...row, alternativeTitles: JSON.parse(row.alternativeTitles) as string[] });
      await turns.yieldIfLong();
    }
    after = rows.at(-1)?.movieId;
  }
  return matcher;
}
