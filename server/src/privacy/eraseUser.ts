import {
  AccountEntity,
  AccountLinkEntity,
  AppEventEntity,
  AppRatingEntity,
  AppUserEntity,
  assignments,
  DismissedMovieEntity,
  ErasedAccountEntity,
  HiddenRatingEntity,
  ExperimentExposureEntity,
  HISTOGRAM_COLUMNS,
  ImportedRatingEntity,
  KnownAddressEntity,
  lockMovies,
  lockUser,
  MOVIE_AGGREGATE_COLUMNS,
  movieAggregates,
  RatingEntity,
  RatingImportEntity,
  RatingTally,
  RefreshTokenEntity,
  RoleChangeEntity,
  TasteLinkEntity,
  UserEntity,
  UserExternalIdEntity,
  UserGenreEntity,
  WatchlistMovieEntity,
  type Database,
} from '@pocketrocket/schema/database';
import { In, type EntityManager } from 'typeorm';
import { refuse } from '../arguments/checks.ts';
import type { CatalogueSource } from '../catalogue/catalogueSource.ts';
import type { MovieTally } from '../catalogue/movieTable.ts';
import { placeholders } from '../database/batches.ts';
import { writeInTransaction } from '../database/retry.ts';
import { nowSeconds } from '../timing/clock.ts';
import type { Deadline } from '../timing/deadline.ts';
import { addAllToOutbox } from '../webhooks/outbox.ts';
import type { Erasures } from './erasures.ts';

const MOVIES_PER_STATEMENT = 500;

/** Every table that holds something of a user, `erased_account` aside. */
const TABLES_OF_USER = [
  RatingEntity,
  HiddenRatingEntity,
  DismissedMovieEntity,
  WatchlistMovieEntity,
  ExperimentExposureEntity,
  RatingImportEntity,
  ImportedRatingEntity,
  UserGenreEntity,
  RefreshTokenEntity,
  AccountLinkEntity,
  KnownAddressEntity,
  TasteLinkEntity,
  RoleChangeEntity,
  UserExternalIdEntity,
  AppEventEntity,
  AppRatingEntity,
  AppUserEntity,
  UserEntity,
  AccountEntity,
];

export interface ErasingDeps {
  database: Database;
  catalogue: Pick<CatalogueSource, 'recount'>;
  erasures: Pick<Erasures, 'announce'>;
}

/**
 * Deletes an account, or an app's user, and all that belongs to it, and takes the ratings out of the movies' aggregates, in one transaction. Of the
 * user stays the number, so that no other one gets it.
 * @param lockFirst takes the locks that come before the user's
 * @returns the tallies of the movies that were rated, as they are then
 * @throws AppError BAD_USER_INPUT for an administrator; UPSTREAM_UNAVAILABLE
 */
export async function eraseUser(
  database: Database,
  userId: number,
  deadline: Deadline,
  lockFirst?: (manager: EntityManager) => Promise<unknown>,
): Promise<Map<number, MovieTally>> {
  for (;;) {
    const rated = await ratingsOf(database.dataSource, userId);
    const tallies = await writeInTransaction(database, deadline, async (manager) => {
      // Before anything is read: what is read afterwards is the latest.
      await lockFirst?.(manager);
      await lockUser(manager, userId);
      for (const movieIds of chunks([...rated.keys()])) await lockMovies(manager, movieIds);
      const ratings = await ratingsOf(manager, userId);
      // The user has rated another movie meanwhile, which is not locked.
      if ([...ratings.keys()].some((movieId) => !rated.has(movieId))) return null;
      return eraseLocked(manager, userId, ratings);
    });
    if (tallies) return tallies;
  }
}

/**
 * Erases a user as `eraseUser` does, and from what servers have cached.
 * @throws AppError BAD_USER_INPUT for an administrator; UPSTREAM_UNAVAILABLE
 */
export async function eraseEverywhere(
  { database, catalogue, erasures }: ErasingDeps,
  userId: number,
  deadline: Deadline,
): Promise<void> {
  const tallies = await eraseUser(database, userId, deadline, (manager) => lockAccount(manager, userId));
  for (const [movieId, tally] of tallies) catalogue.recount(movieId, tally);
  erasures.announce(userId);
}

/** Locks a user's account and reads nothing: what is read before all locks are taken would be read as it was then. */
const lockAccount = (manager: EntityManager, userId: number) =>
  manager.query('UPDATE account SET role = role WHERE userId = ?', [userId]);

/** @param ratings half stars by movieId; user and movies are locked */
async function eraseLocked(
  manager: EntityManager,
  userId: number,
  ratings: ReadonlyMap<number, number>,
): Promise<Map<number, MovieTally>> {
  if (await manager.existsBy(AccountEntity, { userId, role: 'admin' }))
    refuse('this account is an administrator: take the role from it first');
  const [dataset] = await manager.query<{ meanRating: number }[]>('SELECT meanRating FROM dataset');
  const tallies = new Map<number, MovieTally>();
  for (const movieIds of chunks([...ratings.keys()])) {
    for (const [movieId, tally] of await withoutRatings(manager, movieIds, ratings)) {
      const values = movieAggregates(tally, dataset?.meanRating ?? 0);
      await manager.query(`UPDATE movie SET ${assignments(MOVIE_AGGREGATE_COLUMNS)} WHERE movieId = ?`, [
        ...values,
        movieId,
      ]);
      tallies.set(movieId, { ratingCount: tally.ratingCount, halfStarSum: tally.halfStarSum });
    }
  }
  await eraseUsersWithoutRatings(manager, [userId]);
  return tallies;
}

/** Deletes every row of some users of whom nothing counts in aggregates, and notes their numbers; within a transaction. */
export async function eraseUsersWithoutRatings(
  manager: EntityManager,
  userIds: readonly number[],
): Promise<void> {
  if (userIds.length === 0) return;
  const ofApps = await manager.findBy(AppUserEntity, { userId: In([...userIds]) });
  const appUsers = new Map(ofApps.map((one) => [one.userId, one]));
  for (const table of TABLES_OF_USER) await manager.delete(table, { userId: In([...userIds]) });
  const erasedAtSeconds = nowSeconds();
  // Twice where two have asked for it at once.
  const noted = await manager.findBy(ErasedAccountEntity, { userId: In([...userIds]) });
  const known = new Set(noted.map(({ userId }) => userId));
  const erased = userIds
    .filter((userId) => !known.has(userId))
    .map((userId) => ({ userId, erasedAtSeconds }));
  if (erased.length === 0) return;
  await manager.insert(ErasedAccountEntity, erased);
  const events = erased.map(({ userId }) => {
    const { appId = null, externalId = null } = appUsers.get(userId) ?? {};
    return { userId, appId, externalId };
  });
  await addAllToOutbox(manager, 'user.deleted', events);
}

/** The tallies of movies without one rating of each. @param given half stars by movieId */
async function withoutRatings(
  manager: EntityManager,
  movieIds: number[],
  given: ReadonlyMap<number, number>,
): Promise<[movieId: number, tally: RatingTally][]> {
  const movies = await manager.query<
    ({ movieId: number } & Record<(typeof HISTOGRAM_COLUMNS)[number], number>)[]
  >(
    `SELECT movieId, ${HISTOGRAM_COLUMNS.join(', ')} FROM movie WHERE movieId IN (${placeholders(movieIds)})`,
    movieIds,
  );
  return movies.map((movie) => {
    const tally = new RatingTally();
    tally.addHistogram(movie);
    tally.add(given.get(movie.movieId) ?? 0, -1);
    return [movie.movieId, tally];
  });
}

/** A user's ratings in half stars, by ascending movieId. */
async function ratingsOf(
  queries: Pick<EntityManager, 'query'>,
  userId: number,
): Promise<Map<number, number>> {
  const rows = await queries.query<{ movieId: number; halfStars: number }[]>(
    'SELECT movieId, halfStars FROM rating WHERE userId = ? ORDER BY movieId',
    [userId],
  );
  return new Map(rows.map(({ movieId, halfStars }) => [movieId, halfStars]));
}

function* chunks(movieIds: readonly number[]): Generator<number[]> {
  for (let start = 0; start < movieIds.length; start += MOVIES_PER_STATEMENT)
    yield movieIds.slice(start, start + MOVIES_PER_STATEMENT);
}
