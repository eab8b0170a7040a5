import { MovieMatcher, type MatchableMovie, type MovieMatch, type PersonalRow } from '@pocketrocket/formats';
import type { Database } from '@pocketrocket/schema/database';

/** A film of an export that no movie could be taken for. */
export interface UnmatchedFilm {
  title: string | null;
  year: number | null;
  /** Movies that it may be, such as `Zero Tide (2010)`, best first. */
  candidates: string[];
}

/** The ratings of an export as movies here. */
export interface MatchedExport {
  rows: { movieId: number; halfStars: number; ratedAtSeconds: number | null }[];
  unmatched: UnmatchedFilm[];
}

/** Finds the movies of an export's ratings in the database. */
export async function matchExport(
  { dataSource }: Database,
  rows: readonly PersonalRow[],
): Promise<MatchedExport> {
  const movies = await dataSource.query<
    (Omit<MatchableMovie, 'alternativeTitles'> & { alternativeTitles: string })[]
  >(
    `SELECT movie.movieId, movie.title, movie.alternativeTitles, movie.releaseYear, external_ids.imdbId, external_ids.tmdbId
     FROM movie LEFT JOIN external_ids ON external_ids.movieId = movie.movieId ORDER BY movie.movieId`,
  );
  const matcher = new MovieMatcher();
  for (const movie of movies)
    matcher.add({ ...movie, alternativeTitles: JSON.parse(movie.alternativeTitles) as string[] });
  const titles = new Map(
    movies.map(({ movieId, title, releaseYear }) => [movieId, nameOf(title, releaseYear)]),
  );
  const matched: MatchedExport = { rows: [], unmatched: [] };
  for (const row of rows) {
    if (row.halfStars === null) continue;
    const match = matcher.match(row);
    if (match.movieId === null) matched.unmatched.push(unmatchedFilm(row, match, titles));
    else
      matched.rows.push({
        movieId: match.movieId,
        halfStars: row.halfStars,
        ratedAtSeconds: row.watchedAtSeconds,
      });
  }
  return matched;
}

function unmatchedFilm(
  { title, year }: PersonalRow,
  { candidates }: MovieMatch,
  titles: ReadonlyMap<number, string>,
): UnmatchedFilm {
  return { title, year, candidates: candidates.map(({ movieId }) => titles.get(movieId) ?? '') };
}

/** A film as people name it: `Zero Tide (2010)`. */
export function nameOf(title: string | null, year: number | null): string {
  return `${title ?? 'a film without a title'}${year === null ? '' : ` (${year})`}`;
}
