import { Movie, toNodeId } from '@pocketrocket/schema';
import type { CatalogueMovie } from '../catalogue/catalogue.ts';

/** Fields of a movie that other processes change, or that are too much to keep of every movie. */
export const LAZY_FIELDS = [
  'averageRating',
  'weightedRating',
  'ratingCount',
  'ratingHistogram',
  'imdbUrl',
  'tmdbUrl',
  'posterUrl',
] as const satisfies (keyof Movie)[];

type LazyField = (typeof LAZY_FIELDS)[number];

/** A movie for an answer: read as a whole, or out of the catalogue, without the lazy fields until they are asked for. */
export type AnsweredMovie = Omit<Movie, LazyField> & Partial<Pick<Movie, LazyField>>;

const made = new WeakMap<CatalogueMovie, Movie>();

/**
 * The catalogue's movie for an answer, without its lazy fields; the same object each time. GraphQL alone may read it as a whole
 * movie: the fields that it lacks have resolvers.
 */
export function catalogueBackedMovie(movie: CatalogueMovie): Movie {
  let answered = made.get(movie);
  if (!answered) {
    const { movieId, title, releaseYear } = movie;
    answered = Object.assign(new Movie(), { id: toNodeId('Movie', movieId), movieId, title, releaseYear });
    made.set(movie, answered);
  }
  return answered;
}
