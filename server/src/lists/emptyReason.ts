import type { Catalogue } from '../catalogue/catalogue.ts';
import { movieMatcher } from '../catalogue/filterConditions.ts';
import type { ProfiledHistory } from './profileCache.ts';
import type { ResolvedFilter } from '../catalogue/movieFilter.ts';

/**
 * Says, in words, why nothing is recommended: nothing is there, nothing passes the filter, everything that does is rated or dismissed, or the model cannot place what is left.
 * @param history what is rated, or was given as a taste, and what is dismissed
 */
export function emptyReason(
  { movies }: Pick<Catalogue, 'movies'>,
  filter: ResolvedFilter,
  { seen, dismissed }: Pick<ProfiledHistory, 'seen' | 'dismissed'>,
): string {
  if (movies.length === 0) return 'the catalogue has no movies';
  const leftOut = new Set([...seen, ...dismissed]);
  const gone = dismissed.length > 0 ? 'rated or dismissed' : 'rated';
  const matches = movieMatcher(filter, movies);
  const passing = movies.movieIds.filter((_, place) => matches(place));
  if (passing.length === 0) return 'no movie passes the filter';
  if (passing.some((movieId) => !leftOut.has(movieId)))
    return `the model knows none of the movies that are not ${gone} yet`;
  const isAll = passing.length === movies.length;
  return `every movie ${isAll ? 'of the catalogue' : 'that passes the filter'} is ${gone}`;
}
