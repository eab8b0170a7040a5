import { Ranker } from '@pocketrocket/schema';
import { BestPlaces } from '../catalogue/bestPlaces.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { movieMatcher } from '../catalogue/filterConditions.ts';
import type { ResolvedFilter } from '../catalogue/movieFilter.ts';
import type { ServedList, UnnamedList } from './servedList.ts';

/** As many as a model would propose. */
const MAX_LENGTH = 500;

/** A place in the list, and a movie with its score. */
const BYTES_PER_ENTRY = 48;
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
): UnnamedList {
  const { movies } = catalogue;
  const matches = movieMatcher(filter, movies);
  const leftOut = new Set(leftOutMovieIds);
  const popularity = catalogue.popularity();
  const best = new BestPlaces(MAX_LENGTH);
  for (let place = 0; place < movies.length; place++)
    if (matches(place) && !leftOut.has(movies.movieId(place))) best.offer(place, movies.ratingCount(place));
  // As they are now: counts change while the list is kept.
  const popular = best
    .sorted()
    .map(({ place }) => ({ movieId: movies.movieId(place), score: popularity(place) }));
  return {
    length: popular.length,
    entries: (start, count) =>
      popular
        .slice(start, start + count)
        .map((entry) => ({ ...entry, similarity: null, source: 'popular', reasons: [] })),
    modelVersion,
    ranker: Ranker.POPULARITY,
    candidateCount: popular.length,
    degradedReason,
    popularityReason,
    bytes: BYTES_AROUND + BYTES_PER_ENTRY * popular.length,
  };
}
