import type { EntityManager } from 'typeorm';
import {
  assignments,
  MOVIE_AGGREGATE_COLUMNS,
  movieAggregates,
  RatingTally,
  shareAfter,
  TALLY_COLUMNS,
  tallyValues,
  type RatingShare,
} from './aggregates.ts';
import { HISTOGRAM_COLUMNS } from './entities/ratingHistogram.ts';
import { removeMark } from './movieMarks.ts';
import { insertRows, placeholders } from './statements.ts';

/** A rating of one movie as it is stored. */
export interface StoredRating {
  /** 1 to 10. */
  halfStars: number;
  /** Null where unknown. */
  ratedAtSeconds: number | null;
}

/** A movie's rating before and after; null stands for none. */
export interface RatingStep {
  from: StoredRating | null;
  to: StoredRating | null;
}

type Histogram = Readonly<Record<(typeof HISTOGRAM_COLUMNS)[number], number>>;

/**
 * Writes many ratings of one user with all aggregates; within a transaction that has locked the user and the movies. What is rated goes
 * off the user's watchlist.
 * @param steps by movieId; the movies exist, at most some hundred
 * @param meanRating of the data set, in stars
 * @returns number and sum of each movie's ratings afterwards
 */
export async function changeRatings(
  manager: EntityManager,
  userId: number,
  steps: ReadonlyMap<number, RatingStep>,
  meanRating: number,
): Promise<Map<number, RatingShare>> {
  if (steps.size === 0) return new Map();
  await writeRatings(manager, userId, steps);
  const tallies = await writeMovies(manager, steps, meanRating);
  await writeUser(manager, userId, steps);
  await writeGenres(manager, userId, steps);
  const rated = [...steps].flatMap(([movieId, { to }]) => (to ? [movieId] : []));
  await removeMark(manager, 'watchlist', userId, rated);
  return tallies;
}

async function writeRatings(
  manager: EntityManager,
  userId: number,
  steps: ReadonlyMap<number, RatingStep>,
): Promise<void> {
  // Of those that are there alone: on MySQL, deleting none would lock a gap that others insert into.
  const held = [...steps].flatMap(([movieId, { from }]) => (from ? [movieId] : []));
  if (held.length > 0)
    await manager.query(`DELETE FROM rating WHERE userId = ? AND movieId IN (${placeholders(held)})`, [
      userId,
      ...held,
    ]);
  const rows = [...steps].flatMap(([movieId, { to }]) =>
    to ? [[userId, movieId, to.halfStars, to.ratedAtSeconds]] : [],
  );
  await insertRows(manager, 'rating', ['userId', 'movieId', 'halfStars', 'ratedAtSeconds'], rows);
}

async function writeMovies(
  manager: EntityManager,
  steps: ReadonlyMap<number, RatingStep>,
  meanRating: number,
): Promise<Map<number, RatingShare>> {
  const movies = await manager.query<({ movieId: number } & Histogram)[]>(
    `SELECT movieId, ${HISTOGRAM_COLUMNS.join(', ')} FROM movie WHERE movieId IN (${placeholders([...steps.keys()])})`,
    [...steps.keys()],
  );
  const tallies = new Map<number, RatingShare>();
  for (const movie of movies) {
    const tally = new RatingTally();
    tally.addHistogram(movie);
    count(tally, steps.get(movie.movieId));
    await manager.query(`UPDATE movie SET ${assignments(MOVIE_AGGREGATE_COLUMNS)} WHERE movieId = ?`, [
      ...movieAggregates(tally, meanRating),
      movie.movieId,
    ]);
    tallies.set(movie.movieId, { ratingCount: tally.ratingCount, halfStarSum: tally.halfStarSum });
  }
  return tallies;
}

async function writeUser(
  manager: EntityManager,
  userId: number,
  steps: ReadonlyMap<number, RatingStep>,
): Promise<void> {
  const [user] = await manager.query<Histogram[]>(
    `SELECT ${HISTOGRAM_COLUMNS.join(', ')} FROM user WHERE userId = ?`,
    [userId],
  );
  const tally = new RatingTally();
  if (user) tally.addHistogram(user);
  for (const step of steps.values()) count(tally, step);
  await manager.query(
    `UPDATE user SET ratingsVersion = ratingsVersion + 1, ${assignments(TALLY_COLUMNS)} WHERE userId = ?`,
    [...tallyValues(tally), userId],
  );
}

function count(tally: RatingTally, step: RatingStep | undefined): void {
  if (step?.from) tally.add(step.from.halfStars, -1);
  if (step?.to) tally.add(step.to.halfStars);
}

async function writeGenres(
  manager: EntityManager,
  userId: number,
  steps: ReadonlyMap<number, RatingStep>,
): Promise<void> {
  const links = await manager.query<{ movieId: number; genreId: number }[]>(
    `SELECT movieId, genreId FROM movie_genre WHERE movieId IN (${placeholders([...steps.keys()])})`,
    [...steps.keys()],
  );
  const held = await manager.query<({ genreId: number } & RatingShare)[]>(
    'SELECT genreId, ratingCount, halfStarSum FROM user_genre WHERE userId = ?',
    [userId],
  );
  const before = new Map(held.map(({ genreId, ...share }) => [genreId, share]));
  const after = new Map<number, RatingShare>();
  for (const { movieId, genreId } of links) {
    const step = steps.get(movieId);
    const share = after.get(genreId) ?? before.get(genreId) ?? { ratingCount: 0, halfStarSum: 0 };
    after.set(genreId, shareAfter(share, step?.from?.halfStars ?? null, step?.to?.halfStars ?? null));
  }
  const genreIds = [...after.keys()];
  if (genreIds.length === 0) return;
  await manager.query(`DELETE FROM user_genre WHERE userId = ? AND genreId IN (${placeholders(genreIds)})`, [
    userId,
    ...genreIds,
  ]);
  const rows = [...after].flatMap(([genreId, { ratingCount, halfStarSum }]) =>
    ratingCount > 0 ? [[userId, genreId, ratingCount, halfStarSum]] : [],
  );
  await insertRows(manager, 'user_genre', ['userId', 'genreId', 'ratingCount', 'halfStarSum'], rows);
}
