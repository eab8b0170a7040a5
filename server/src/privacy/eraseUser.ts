import {
  AccountEntity,
  AccountLinkEntity,
  assignments,
  ErasedAccountEntity,
  HISTOGRAM_COLUMNS,
  KnownAddressEntity,
  lockMovies,
  lockUser,
  MOVIE_AGGREGATE_COLUMNS,
  movieAggregates,
  RatingEntity,
  RatingTally,
  RefreshTokenEntity,
  RoleChangeEntity,
  UserEntity,
  UserGenreEntity,
} from '@pocketrocket/schema/database';
import type { EntityManager } from 'typeorm';
import type { MovieTally } from '../catalogue/catalogue.ts';
import { placeholders } from '../database/batches.ts';

const MOVIES_PER_STATEMENT = 500;

/** Every table that holds something of a user, `erased_account` aside. */
const TABLES_OF_USER = [
  RatingEntity,
  UserGenreEntity,
  RefreshTokenEntity,
  AccountLinkEntity,
  KnownAddressEntity,
  RoleChangeEntity,
  UserEntity,
  AccountEntity,
];

/**
 * Deletes an account and all that belongs to its user, and takes the ratings out of the movies' aggregates; within a transaction.
 * Of the user stays the number, so that no other one gets it.
 * @returns the tallies of the movies that were rated, as they are then
 */
export async function eraseUser(manager: EntityManager, userId: number): Promise<Map<number, MovieTally>> {
  await lockUser(manager, userId);
  const ratings = await manager.query<{ movieId: number; halfStars: number }[]>(
    'SELECT movieId, halfStars FROM rating WHERE userId = ? ORDER BY movieId',
    [userId],
  );
  const [dataset] = await manager.query<{ meanRating: number }[]>('SELECT meanRating FROM dataset');
  const tallies = new Map<number, MovieTally>();
  for (let start = 0; start < ratings.length; start += MOVIES_PER_STATEMENT) {
    const given = new Map(
      ratings
        .slice(start, start + MOVIES_PER_STATEMENT)
        .map(({ movieId, halfStars }) => [movieId, halfStars]),
    );
    for (const [movieId, tally] of await withoutRatings(manager, given)) {
      const values = movieAggregates(tally, dataset?.meanRating ?? 0);
      await manager.query(`UPDATE movie SET ${assignments(MOVIE_AGGREGATE_COLUMNS)} WHERE movieId = ?`, [
        ...values,
        movieId,
      ]);
      tallies.set(movieId, { ratingCount: tally.ratingCount, halfStarSum: tally.halfStarSum });
    }
  }
  for (const table of TABLES_OF_USER) await manager.delete(table, { userId });
  await manager.insert(ErasedAccountEntity, { userId, erasedAtSeconds: Math.floor(Date.now() / 1000) });
  return tallies;
}

/** The tallies of movies without one rating of each. @param given half stars by movieId */
async function withoutRatings(
  manager: EntityManager,
  given: ReadonlyMap<number, number>,
): Promise<[movieId: number, tally: RatingTally][]> {
  const movieIds = [...given.keys()];
  await lockMovies(manager, movieIds);
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
