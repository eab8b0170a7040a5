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

/** The most popular unseen movies that pass the filter, by damped popularity: otherwise the same for every user. */
export function popularList(
  catalogue: Catalogue,
  filter: ResolvedFilter,
  seenMovieIds: Iterable<number>,
  { modelVersion, degradedReason }: Pick<ServedList, 'modelVersion' | 'degradedReason'>,
): Omit<ServedList, 'emptyReason'> {
  const matches = movieMatcher(filter);
  const seen = new Set(seenMovieIds);
  const movies = catalogue.byPopularity
    .filter((movie) => matches(movie) && !seen.has(movie.movieId))
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
    bytes: BYTES_AROUND + BYTES_PER_ENTRY * movies.length,
  };
}
