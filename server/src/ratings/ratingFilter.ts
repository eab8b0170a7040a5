import type { RatedMovie } from '@pocketrocket/model';
import type { RatingFilter } from '@pocketrocket/schema';
import { checkRating, refuse } from '../arguments/checks.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { isUnfiltered, movieMatcher } from '../catalogue/filterConditions.ts';
import { resolveFilter } from '../catalogue/movieFilter.ts';
import { foldForSearch, MAX_QUERY_LENGTH } from '../catalogue/searchTerms.ts';

/**
 * Checks a filter of ratings; null for one that lets everything pass.
 * @throws AppError BAD_USER_INPUT for an unknown genre, years or ratings in the wrong order, a text that is too long
 */
export function checkRatingFilter(
  { text, genres, yearFrom, yearTo, minRating, maxRating }: RatingFilter,
  catalogue: Catalogue,
): ((rated: RatedMovie) => boolean) | null {
  const resolved = resolveFilter({ genres, yearFrom, yearTo }, catalogue);
  const least = minRating === null || minRating === undefined ? 1 : checkRating(minRating);
  const most = maxRating === null || maxRating === undefined ? 10 : checkRating(maxRating);
  if (least > most) refuse(`filter.minRating (${minRating}) is above filter.maxRating (${maxRating})`);
  if (text && text.length > MAX_QUERY_LENGTH)
    refuse(`filter.text may have ${MAX_QUERY_LENGTH} characters; it has ${text.length}`);
  const wanted = foldForSearch(text ?? '');
  const isOfMovies = !isUnfiltered(resolved) || wanted !== '';
  if (!isOfMovies && least === 1 && most === 10) return null;
  const { movies } = catalogue;
  const matches = movieMatcher(resolved, movies);
  return ({ movieId, rating }) => {
    if (rating * 2 < least || rating * 2 > most) return false;
    if (!isOfMovies) return true;
    const place = movies.placeOf(movieId);
    if (place < 0 || !matches(place)) return false;
    return wanted === '' || foldForSearch(movies.title(place)).includes(wanted);
  };
}
