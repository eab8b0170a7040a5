import { Rating, type RateMoviePayload, type UnrateMoviePayload } from '@pocketrocket/schema';
import { AppError } from '@pocketrocket/runtime';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';
import type { Database } from '@pocketrocket/schema/database';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { Changes } from '../changes/changes.ts';
import { writeRating, type RatingChange } from './ratingWrites.ts';
import { writeInTransaction } from '../database/retry.ts';
import { requireUser } from '../accounts/viewer.ts';
import { checkRating } from '../arguments/checks.ts';
import type { RequestScope } from '../loaders/requestScope.ts';

interface RatingDeps {
  database: Database;
  catalogue: CatalogueSource;
  changes: Changes;
}

/**
 * Stores the viewer's rating in place of an earlier one; the next list of recommendations is made from it.
 * @throws AppError BAD_USER_INPUT for a rating off the scale; NOT_FOUND; UNAUTHENTICATED when the account is gone
 */
export async function rateMovie(
  deps: RatingDeps,
  scope: RequestScope,
  { userId, movieId, rating }: { userId: number; movieId: number; rating: number },
  deadline: Deadline,
): Promise<RateMoviePayload> {
  const halfStars = checkRating(rating);
  const written = await write(deps, scope, { userId, movieId, halfStars }, deadline);
  const { movie, user } = await after(scope, userId, movieId);
  const ratedAt = written.ratedAtSeconds === null ? null : new Date(written.ratedAtSeconds * 1000);
  return { rating: Object.assign(new Rating(), { user, movie, rating, ratedAt }), movie, user };
}

/** Takes the viewer's rating back; without one, nothing changes. @throws AppError NOT_FOUND; UNAUTHENTICATED */
export async function unrateMovie(
  deps: RatingDeps,
  scope: RequestScope,
  { userId, movieId }: { userId: number; movieId: number },
  deadline: Deadline,
): Promise<UnrateMoviePayload> {
  await write(deps, scope, { userId, movieId, halfStars: null }, deadline);
  return after(scope, userId, movieId);
}

async function write(
  { database, catalogue, changes }: RatingDeps,
  scope: RequestScope,
  change: Omit<RatingChange, 'nowSeconds'>,
  deadline: Deadline,
): Promise<{ ratedAtSeconds: number | null }> {
  const dated: RatingChange = { ...change, nowSeconds: nowSeconds() };
  const written = await writeInTransaction(database, deadline, (manager) => writeRating(manager, dated));
  if (written.status === 'noUser')
    throw new AppError('UNAUTHENTICATED', 'this account no longer exists; sign up again');
  if (written.status === 'noMovie') throw new AppError('NOT_FOUND', `movie ${change.movieId} does not exist`);
  catalogue.recount(change.movieId, written.movie);
  if (written.status === 'written') changes.announce(change);
  scope.clear();
  return written;
}

async function after(scope: RequestScope, userId: number, movieId: number): Promise<UnrateMoviePayload> {
  const [movie, user] = await Promise.all([scope.movies.load(movieId), requireUser(scope, userId)]);
  if (!movie) throw new AppError('NOT_FOUND', `movie ${movieId} no longer exists`);
  return { movie, user };
}
