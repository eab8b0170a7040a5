import { Movie, toNodeId } from '@pocketrocket/schema';
import type { LRUCache } from 'lru-cache';
import { createByteCache } from '../caches/byteCache.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';

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

const answered = new WeakMap<Catalogue, LRUCache<number, Movie>>();

/**
 * The catalogue's movie for an answer, without its lazy fields; the same object as long as it is kept, undefined where the catalogue has
 * none. GraphQL alone may read it as a whole movie: the fields that it lacks have resolvers.
 * @param maxBytes of the movies that are kept
 */
export function catalogueBackedMovie(
  catalogue: Catalogue,
  movieId: number,
  maxBytes: number,
): Movie | undefined {
  const kept = keptOf(catalogue, maxBytes);
  const known = kept.get(movieId);
  if (known) return known;
  const { movies } = catalogue;
  const place = movies.placeOf(movieId);
  if (place < 0) return undefined;
  const made = Object.assign(new Movie(), {
    id: toNodeId('Movie', movieId),
    movieId,
    title: movies.title(place),
    releaseYear: movies.releaseYear(place),
  });
  kept.set(movieId, made);
  return made;
}

function keptOf(catalogue: Catalogue, maxBytes: number): LRUCache<number, Movie> {
  let kept = answered.get(catalogue);
  if (!kept) {
    kept = createByteCache<Movie, number>({ name: 'movies', maxBytes, bytesOf });
    answered.set(catalogue, kept);
  }
  return kept;
}

/** Bytes of a movie besides its texts. */
const BYTES_AROUND = 120;

function bytesOf({ id, title }: Movie): number {
  return BYTES_AROUND + 2 * (id.length + title.length);
}
