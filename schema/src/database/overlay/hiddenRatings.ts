import type { EntityManager } from 'typeorm';
import { assignments, MOVIE_AGGREGATE_COLUMNS, movieAggregates, RatingTally } from '../aggregates.ts';
import { countInGenres, countInUsers, type Rater } from './raters.ts';

const COLUMNS = 'userId, movieId, halfStars, ratedAtSeconds';

/**
 * Takes the ratings of a movie that goes out of all aggregates, and keeps them aside. The movie is locked.
 * @returns those who gave them
 */
export async function hideRatings(
  manager: EntityManager,
  movieId: number,
  genreIds: readonly number[],
): Promise<Rater[]> {
  const raters = await ratersOf(manager, movieId);
  if (raters.length === 0) return raters;
  await countInUsers(manager, raters, -1);
  await countInGenres(manager, raters, genreIds, -1);
  await manager.query('DELETE FROM hidden_rating WHERE movieId = ?', [movieId]);
  await manager.query(
    `INSERT INTO hidden_rating (${COLUMNS}) SELECT ${COLUMNS} FROM rating WHERE movieId = ?`,
    [movieId],
  );
  await manager.query('DELETE FROM rating WHERE movieId = ?', [movieId]);
  return raters;
}

/** Gives a movie that is back its ratings of before, as far as their users are there. @returns those users */
export async function bringBackRatings(
  manager: EntityManager,
  movieId: number,
  genreIds: readonly number[],
  meanRating: number,
): Promise<Rater[]> {
  // First, as it reads the latest and locks: of a user who is being erased nothing comes back.
  await manager.query(
    `INSERT INTO rating (${COLUMNS}) SELECT hidden_rating.userId, hidden_rating.movieId, hidden_rating.halfStars,
       hidden_rating.ratedAtSeconds
     FROM hidden_rating JOIN user ON user.userId = hidden_rating.userId WHERE hidden_rating.movieId = ?`,
    [movieId],
  );
  const raters = await ratersOf(manager, movieId);
  if (raters.length > 0) {
    await countInUsers(manager, raters, 1);
    await countInGenres(manager, raters, genreIds, 1);
    const tally = new RatingTally();
    for (const { halfStars } of raters) tally.add(halfStars);
    await manager.query(`UPDATE movie SET ${assignments(MOVIE_AGGREGATE_COLUMNS)} WHERE movieId = ?`, [
      ...movieAggregates(tally, meanRating),
      movieId,
    ]);
  }
  await manager.query('DELETE FROM hidden_rating WHERE movieId = ?', [movieId]);
  return raters;
}

export function ratersOf(manager: EntityManager, movieId: number): Promise<Rater[]> {
  return manager.query<Rater[]>('SELECT userId, halfStars FROM rating WHERE movieId = ?', [movieId]);
}
