import type { Catalogue } from '../catalogue/catalogue.ts';
import { movieMatcher } from '../catalogue/filterConditions.ts';
import type { ResolvedFilter } from '../catalogue/movieFilter.ts';

/**
 * Says, in words, why nothing is recommended: nothing is there, nothing passes the filter, everything that does is rated, or the model cannot place what is left.
 * @param seenMovieIds what is rated, or was given as a taste
 */
export function emptyReason(
  { movies }: Pick<Catalogue, 'movies'>,
  filter: ResolvedFilter,
  seenMovieIds: Iterable<number>,
): string {
  if (movies.length === 0) return 'the catalogue has no movies';
  const seen = new Set(seenMovieIds);
  const matches = movieMatcher(filter, movies);
  const passing = movies.movieIds.filter((_, place) => matches(place));
  if (passing.length === 0) return 'no movie passes the filter';
  if (passing.some((movieId) => !seen.has(movieId)))
    return 'the model knows none of the movies that are not rated yet';
  const isAll = passing.length === movies.length;
  return isAll ? 'every movie of the catalogue is rated' : 'every movie that passes the filter is rated';
}
