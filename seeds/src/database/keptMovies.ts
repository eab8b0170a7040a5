import { toSortTitle } from '@pocketrocket/schema/database';
import type { Dataset } from '../dataset/dataset.ts';

/** The facts by which a movie is recognised in another data set. */
export interface KeptMovie {
  imdbId: number | null;
  /** Title and year; see `titleKey`. */
  title: string;
}

/** Finds the data set's movie by IMDb id, else by title and year. */
export function movieFinder({ movies }: Dataset): (kept: KeptMovie) => number | undefined {
  const byImdbId = new Map<number, number>();
  const byTitle = new Map<string, number>();
  for (const movie of movies) {
    if (movie.imdbId !== null) byImdbId.set(movie.imdbId, movie.movieId);
    const key = titleKey(movie);
    if (!byTitle.has(key)) byTitle.set(key, movie.movieId);
  }
  return ({ imdbId, title }) => (imdbId === null ? undefined : byImdbId.get(imdbId)) ?? byTitle.get(title);
}

export function titleKey({ title, releaseYear }: { title: string; releaseYear: number | null }): string {
  return `${toSortTitle(title)} ${releaseYear ?? ''}`;
}
