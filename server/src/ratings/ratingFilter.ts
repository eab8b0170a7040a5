import type { RatedMovie } from '@pocketrocket/model';
import type { RatingFilter } from '@pocketrocket/schema';
import { checkRating, refuse } from '../arguments/checks.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
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
  const { genreIds } = resolveFilter({ genres, yearFrom, yearTo }, catalogue);
  const least = minRating === null || minRating === undefined ? 1 : checkRating(minRating);
  const most = maxRating === null || maxRating === undefined ? 10 : checkRating(maxRating);
  if (least > most) refuse(`filter.minRating (${minRating}) is above filter.maxRating (${maxRating})`);
  if (text && text.length > MAX_QUERY_LENGTH)
    refuse(`filter.text may have ${MAX_QUERY_LENGTH} characters; it has ${text.length}`);
  const wanted = foldForSearch(text ?? '');
  const from = yearFrom ?? null;
  const to = yearTo ?? null;
  const isOfMovies = genreIds.length > 0 || from !== null || to !== null || wanted !== '';
  if (!isOfMovies && least === 1 && most === 10) return null;
  return ({ movieId, rating }) => {
    if (rating * 2 < least || rating * 2 > most) return false;
    if (!isOfMovies) return true;
    const { movies } = catalogue;
    const place = movies.placeOf(movieId);
    if (place < 0) return false;
    const year = movies.releaseYear(place);
    if (from !== null && (year === null || year < from)) return false;
    if (to !== null && (year === null || year > to)) return false;
    if (genreIds.length > 0 && !movies.genreIds(place).some((id) => genreIds.includes(id))) return false;
    return foldForSearch(movies.title(place)).includes(wanted);
  };
}
