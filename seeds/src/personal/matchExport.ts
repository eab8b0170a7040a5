import { MovieMatcher, type MatchableMovie, type MovieMatch, type PersonalRow } from '@pocketrocket/formats';
import type { Database } from '@pocketrocket/schema/database';

/** A film of an export that no movie could be taken for. */
export interface UnmatchedFilm {
  title: string | null;
  year: number | null;
  /** Movies that it may be, such as `Zero Tide (2010)`, best first. */
  candidates: string[];
}

/** A rating of an export as one of a movie here. */
export interface MatchedRow {
  movieId: number;
  halfStars: number;
  ratedAtSeconds: number | null;
}

/** The ratings of an export as movies here. */
export interface MatchedExport {
  /** Each movie once, oldest first. */
  rows: MatchedRow[];
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
  const matched: MatchedRow[] = [];
  const unmatched: UnmatchedFilm[] = [];
  for (const row of rows) {
    if (row.halfStars === null) continue;
    const match = matcher.match(row);
    if (match.movieId === null) unmatched.push(unmatchedFilm(row, match, titles));
    else
      matched.push({
        movieId: match.movieId,
        halfStars: row.halfStars,
        ratedAtSeconds: row.watchedAtSeconds,
      });
  }
  return { rows: latestOfEach(matched), unmatched };
}

/** An export may name a movie twice, by two titles: the later rating counts, the later row where times are equal or missing. */
function latestOfEach(rows: readonly MatchedRow[]): MatchedRow[] {
  const inOrder = [...rows].sort((one, other) => (one.ratedAtSeconds ?? 0) - (other.ratedAtSeconds ?? 0));
  return [...new Map(inOrder.map((row) => [row.movieId, row])).values()];
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
