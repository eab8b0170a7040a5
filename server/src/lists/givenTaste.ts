import type { RatingInput } from '@pocketrocket/schema';
import type { RatedMovie } from '@pocketrocket/model';
import { checkEntries, checkRating, refuse } from '../arguments/checks.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';

/** Ratings of a taste that is sent along; more say no more about it. */
const MAX_RATINGS = 2_000;

/** A taste as lists are made of it. */
export interface CheckedTaste {
  /** In the order given. */
  rated: RatedMovie[];
  /** Rated movies that do not exist, in the order given. */
  skippedMovieIds: number[];
}

/**
 * Checks ratings that came with a request, and sets apart those of movies that do not exist.
 * @throws AppError BAD_USER_INPUT for too many, a rating off the scale, or a movie named twice
 */
export function checkTaste(ratings: readonly RatingInput[], catalogue: Catalogue): CheckedTaste {
  checkEntries(ratings, 'ratings', MAX_RATINGS);
  const named = new Set<number>();
  const taste: CheckedTaste = { rated: [], skippedMovieIds: [] };
  for (const { movieId, rating } of ratings) {
    checkRating(rating, movieId);
    if (named.has(movieId)) refuse(`movie ${movieId} is rated twice`);
    named.add(movieId);
    if (catalogue.has(movieId)) taste.rated.push({ movieId, rating });
    else taste.skippedMovieIds.push(movieId);
  }
  return taste;
}
