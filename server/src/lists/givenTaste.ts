import type { RatingInput } from '@pocketrocket/schema';
import type { RatedMovie } from '@pocketrocket/model';
import { checkEntries, checkRating, refuse } from '../arguments/checks.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';

/** Ratings of a taste that is sent along; more say no more about it. */
const MAX_RATINGS = 2_000;

/**
 * Checks ratings that came with a request; their order is kept.
 * @throws AppError BAD_USER_INPUT for too many, a rating off the scale, a movie named twice, or movies that do not exist
 */
export function checkTaste(ratings: readonly RatingInput[], catalogue: Catalogue): RatedMovie[] {
  checkEntries(ratings, 'ratings', MAX_RATINGS);
  const named = new Set<number>();
  const unknown: number[] = [];
  for (const { movieId, rating } of ratings) {
    checkRating(rating, movieId);
    if (named.has(movieId)) refuse(`movie ${movieId} is rated twice`);
    named.add(movieId);
    if (!catalogue.has(movieId)) unknown.push(movieId);
  }
  if (unknown.length > 0) refuse(`these movies do not exist: ${unknown.slice(0, 10).join(', ')}`);
  return ratings.map(({ movieId, rating }) => ({ movieId, rating }));
}
