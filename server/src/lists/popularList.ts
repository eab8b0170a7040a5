import { Ranker } from '@pocketrocket/schema';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { movieMatcher } from '../catalogue/filterConditions.ts';
import type { ResolvedFilter } from '../catalogue/movieFilter.ts';
import type { ServedList } from './servedList.ts';

/** As many as a model would propose. */
const MAX_LENGTH = 500;

/** A place in the list of movies and one in that of scores. */
const BYTES_PER_ENTRY = 16;
const BYTES_AROUND = 1_000;

type Provenance = Pick<ServedList, 'modelVersion' | 'degradedReason' | 'popularityReason'>;

/**
 * The most popular movies that pass the filter, by damped popularity: otherwise the same for every user.
 * @param leftOutMovieIds those that were seen, and others that must not be in it
 */
export function popularList(
  catalogue: Catalogue,
  filter: ResolvedFilter,
  leftOutMovieIds: Iterable<number>,
  { modelVersion, degradedReason, popularityReason }: Provenance,
): Omit<ServedList, 'emptyReason'> {
  const matches = movieMatcher(filter);
  const leftOut = new Set(leftOutMovieIds);
  const movies = catalogue.byPopularity
    .filter((movie) => matches(movie) && !leftOut.has(movie.movieId))
    .slice(0, MAX_LENGTH);
  // As they are now: counts change while the list is kept.
  const scores = movies.map((movie) => catalogue.popularity(movie));
  return {
    length: movies.length,
    entries: (start, count) =>
      movies.slice(start, start + count).map(({ movieId }, index) => ({
        movieId,
        score: scores[start + index] ?? 0,
        similarity: null,
        source: 'popular',
        reasons: [],
      })),
    modelVersion,
    ranker: Ranker.POPULARITY,
    candidateCount: movies.length,
    degradedReason,
    popularityReason,
    bytes: BYTES_AROUND + BYTES_PER_ENTRY * movies.length,
  };
}
