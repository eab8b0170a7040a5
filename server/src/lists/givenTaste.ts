import type { RatingInput } from '@pocketrocket/schema';
import type { RatedMovie } from '@pocketrocket/model';
import { checkRating, refuse } from '../arguments/checks.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';

/**
 * Checks ratings that came with a request; their order is kept.
 * @throws AppError BAD_USER_INPUT for a rating off the scale, a movie named twice, or movies that do not exist
 */
export function checkTaste(ratings: readonly RatingInput[], catalogue: Catalogue): RatedMovie[] {
  const named = new Set<number>();
  const unknown: number[] = [];
  for (const { movieId, rating } of ratings) {
    checkRating(rating, movieId);
    if (named.has(movieId)) refuse(`movie ${movieId} is rated twice`);
    named.add(movieId);
    if (!catalogue.movie(movieId)) unknown.push(movieId);
  }
  if (unknown.length > 0) refuse(`these movies do not exist: ${unknown.slice(0, 10).join(', ')}`);
  return ratings.map(({ movieId, rating }) => ({ movieId, rating }));
}
