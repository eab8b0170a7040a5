import { FIRST_OVERLAY_MOVIE_ID, toSortTitle } from '@pocketrocket/schema/database';
import type { Dataset } from '../dataset/dataset.ts';
import type { OverlayPlan } from './keepOverlay.ts';

/** The facts by which a movie is recognised in another data set. */
export interface KeptMovie {
  /** Its number before. */
  movieId: number;
  imdbId: number | null;
  /** Title and year; see `titleKey`. Null of a movie that its app has deleted. */
  title: string | null;
}

/** Finds movies of apps by their numbers, those of the data set by IMDb id, else by title and year; undefined where there is none. */
export function keptFinder(
  dataset: Dataset,
  { moved }: Pick<OverlayPlan, 'moved'>,
): (kept: KeptMovie) => number | undefined {
  const findInDataset = movieFinder(dataset);
  return (kept) => {
    const ofApp = moved.get(kept.movieId);
    const isOfApp = kept.movieId >= FIRST_OVERLAY_MOVIE_ID && ofApp !== undefined;
    return isOfApp ? ofApp : (findInDataset(kept) ?? ofApp);
  };
}

function movieFinder({ movies }: Dataset): (kept: Pick<KeptMovie, 'imdbId' | 'title'>) => number | undefined {
  const byImdbId = new Map<number, number>();
  const byTitle = new Map<string, number>();
  for (const movie of movies) {
    if (movie.imdbId !== null) byImdbId.set(movie.imdbId, movie.movieId);
    const key = titleKey(movie);
    if (!byTitle.has(key)) byTitle.set(key, movie.movieId);
  }
  return ({ imdbId, title }) =>
    (imdbId === null ? undefined : byImdbId.get(imdbId)) ?? (title === null ? undefined : byTitle.get(title));
}

export function titleKey({ title, releaseYear }: { title: string; releaseYear: number | null }): string {
  return `${toSortTitle(title)} ${releaseYear ?? ''}`;
}
