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
import { checkRating, refuse } from '../arguments/checks.ts';
import type { RequestScope } from '../loaders/requestScope.ts';

interface RatingDeps {
  database: Database;
  catalogue: CatalogueSource;
  changes: Changes;
}

/** A change as it was sent: when it was made, where that was before now. */
interface SentChange {
  userId: number;
  movieId: number;
  ratedAt?: Date | null;
}

/**
 * Stores the viewer's rating in place of an earlier one, and leaves a later one as it is; the next list of recommendations is made from it.
 * @throws AppError BAD_USER_INPUT for a rating off the scale or from before 1970; NOT_FOUND; UNAUTHENTICATED when the account is gone
 */
export async function rateMovie(
  deps: RatingDeps,
  scope: RequestScope,
  { rating, ...sent }: SentChange & { rating: number },
  deadline: Deadline,
): Promise<RateMoviePayload> {
  const halfStars = checkRating(rating);
  const written = await write(deps, scope, { ...sent, halfStars }, deadline);
  const { movie, user } = await after(scope, sent.userId, sent.movieId);
  const ratedAt = written.ratedAtSeconds === null ? null : new Date(written.ratedAtSeconds * 1000);
  const standing = written.halfStars === null ? rating : written.halfStars / 2;
  return { rating: Object.assign(new Rating(), { user, movie, rating: standing, ratedAt }), movie, user };
}

/**
 * Takes the viewer's rating back; without one, or with one from after that, nothing changes.
 * @throws AppError BAD_USER_INPUT for a time before 1970; NOT_FOUND; UNAUTHENTICATED
 */
export async function unrateMovie(
  deps: RatingDeps,
  scope: RequestScope,
  sent: SentChange,
  deadline: Deadline,
): Promise<UnrateMoviePayload> {
  await write(deps, scope, { ...sent, halfStars: null }, deadline);
  return after(scope, sent.userId, sent.movieId);
}

async function write(
  { database, catalogue, changes }: RatingDeps,
  scope: RequestScope,
  { ratedAt, ...change }: SentChange & { halfStars: number | null },
  deadline: Deadline,
): Promise<{ halfStars: number | null; ratedAtSeconds: number | null }> {
  const dated: RatingChange = { ...change, atSeconds: ratedAt ? secondsOf(ratedAt) : nowSeconds() };
  const written = await writeInTransaction(database, deadline, (manager) => writeRating(manager, dated));
  if (written.status === 'noUser')
    throw new AppError('UNAUTHENTICATED', 'this account no longer exists; sign up again');
  if (written.status === 'noMovie') throw new AppError('NOT_FOUND', `movie ${change.movieId} does not exist`);
  catalogue.recount(change.movieId, written.movie);
  if (written.status === 'written') changes.announce(dated);
  scope.clear();
  return written;
}

/** Unix time, now at the latest. @throws AppError BAD_USER_INPUT before 1970 */
function secondsOf(ratedAt: Date): number {
  const seconds = Math.floor(ratedAt.getTime() / 1000);
  if (!(seconds >= 0)) refuse('ratedAt must be 1970 or later; leave it out for now');
  return Math.min(seconds, nowSeconds());
}

async function after(scope: RequestScope, userId: number, movieId: number): Promise<UnrateMoviePayload> {
  const [movie, user] = await Promise.all([scope.movies.load(movieId), requireUser(scope, userId)]);
  if (!movie) throw new AppError('NOT_FOUND', `movie ${movieId} no longer exists`);
  return { movie, user };
}
