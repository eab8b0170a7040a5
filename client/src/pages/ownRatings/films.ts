import type { PersonalRow } from '@pocketrocket/formats';

/** A movie here that a film of an export may be. */
export interface FoundMovie {
  movieId: number;
  title: string;
  releaseYear: number | null;
}

/** A film of the export that has a rating, or a heart in its place. */
export interface OwnFilm {
  row: PersonalRow;
  /** The movie that was found or chosen; null without one. */
  movie: FoundMovie | null;
  /** Movies to choose from where none was sure. */
  candidates: readonly FoundMovie[];
}

/** A rating as it is imported. */
export interface RatingToImport {
  movieId: number;
  rating: number;
  ratedAtSeconds: number | null;
}

/** Stars that a heart without a rating stands for, where the visitor wants that. */
const STARS_OF_A_HEART = 5;

/** The rows to look for: ratings, and hearts of films that are not rated. */
export function rowsToMatch(rows: readonly PersonalRow[]): PersonalRow[] {
  const ratings = rows.filter(({ kind }) => kind === 'rating');
  const rated = new Set(ratings.map(keyOf));
  return [...ratings, ...rows.filter((row) => row.kind === 'like' && !rated.has(keyOf(row)))];
}

/** The ratings of the films that have a movie, oldest first, each movie once: of two the later one. */
export function ratingsToImport(films: readonly OwnFilm[], withHearts: boolean): RatingToImport[] {
  const byMovie = new Map<number, RatingToImport>();
  const taken = films.filter(({ row }) => row.kind === 'rating' || withHearts);
  // Ratings last: they count where a heart means the same movie.
  for (const { row, movie } of taken.toSorted((one, other) => rank(one) - rank(other)))
    if (movie)
      byMovie.set(movie.movieId, {
        movieId: movie.movieId,
        rating: row.halfStars === null ? STARS_OF_A_HEART : row.halfStars / 2,
        ratedAtSeconds: row.watchedAtSeconds,
      });
  return [...byMovie.values()].sort(byTime);
}

/** A film as people name it: `Zero Tide (2010)`. */
export function nameOf(title: string, year: number | null): string {
  return `${title}${year === null ? '' : ` (${year})`}`;
}

function rank({ row }: OwnFilm): number {
  return (row.kind === 'rating' ? 2 ** 32 : 0) + (row.watchedAtSeconds ?? 0);
}

function byTime(one: RatingToImport, other: RatingToImport): number {
  return (one.ratedAtSeconds ?? 0) - (other.ratedAtSeconds ?? 0);
}

function keyOf({ title, year, imdbId, tmdbId }: PersonalRow): string {
  return [imdbId, tmdbId, title?.toLowerCase(), year].join('|');
}
