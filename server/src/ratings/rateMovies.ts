import { Rating, type RateMoviesPayload, type RatingInput } from '@pocketrocket/schema';
import type { Database } from '@pocketrocket/schema/database';
import { requireAccount, requireUser } from '../accounts/viewer.ts';
import { checkEntries, checkRating, refuse } from '../arguments/checks.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { Changes } from '../changes/changes.ts';
import { writeInTransaction } from '../database/retry.ts';
import { withMovies } from '../loaders/withMovies.ts';
import type { RequestScope } from '../loaders/requestScope.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';
import { writeRatings } from './ratingWrites.ts';

/**
 * Stores several ratings of the viewer in one transaction: all of them, or none where one is off the scale or named twice. Movies that do
 * not exist are passed over and named.
 * @throws AppError BAD_USER_INPUT for more than 500, a rating off the scale, a movie named twice; UNAUTHENTICATED when the account is gone
 */
export async function rateMovies(
  { database, catalogue, changes }: { database: Database; catalogue: CatalogueSource; changes: Changes },
  scope: RequestScope,
  { userId, ratings }: { userId: number; ratings: readonly RatingInput[] },
  deadline: Deadline,
): Promise<RateMoviesPayload> {
  const halfStars = checkRatings(ratings);
  const change = { userId, halfStars, nowSeconds: nowSeconds() };
  const written = requireAccount(
    await writeInTransaction(database, deadline, (manager) => writeRatings(manager, change)),
  );
  for (const [movieId, tally] of written.movies) catalogue.recount(movieId, tally);
  changes.announce({ userId });
  scope.clear();
  const user = await requireUser(scope, userId);
  const stored = await withMovies(
    scope,
    ratings.filter(({ movieId }) => written.ratedAtSeconds.has(movieId)),
    ({ movieId }) => movieId,
  );
  return {
    ratings: stored.map(({ of: { movieId, rating }, movie }) => {
      const seconds = written.ratedAtSeconds.get(movieId) ?? null;
      const ratedAt = seconds === null ? null : new Date(seconds * 1000);
      return Object.assign(new Rating(), { user, movie, rating, ratedAt });
    }),
    unknownMovieIds: [...halfStars.keys()].filter((movieId) => !written.ratedAtSeconds.has(movieId)),
    user,
  };
}

/** Half stars by movieId, in the order given. */
function checkRatings(ratings: readonly RatingInput[]): Map<number, number> {
  checkEntries(ratings, 'ratings');
  const halfStars = new Map<number, number>();
  for (const { movieId, rating } of ratings) {
    if (halfStars.has(movieId)) refuse(`movie ${movieId} is rated twice`);
    halfStars.set(movieId, checkRating(rating, movieId));
  }
  return halfStars;
}
