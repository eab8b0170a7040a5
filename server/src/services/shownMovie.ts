import { Movie, toNodeId } from '@pocketrocket/schema';
import type { CatalogueMovie } from './catalogue.ts';

/** A movie out of the catalogue in memory: what stays as it is is there, `LATE_FIELDS` are read when somebody asks for them. */
export class ShownMovie extends Movie {}

/** What other processes change, or what is too much to keep of every movie. */
export const LATE_FIELDS = [
  'averageRating',
  'weightedRating',
  'ratingCount',
  'ratingHistogram',
  'imdbUrl',
  'tmdbUrl',
  'posterUrl',
] as const satisfies (keyof Movie)[];

const shown = new WeakMap<CatalogueMovie, ShownMovie>();

/** The catalogue's movie for an answer; the same object each time. */
export function shownMovie(movie: CatalogueMovie): ShownMovie {
  let made = shown.get(movie);
  if (!made) {
    const { movieId, title, releaseYear } = movie;
    made = Object.assign(new ShownMovie(), { id: toNodeId('Movie', movieId), movieId, title, releaseYear });
    shown.set(movie, made);
  }
  return made;
}
