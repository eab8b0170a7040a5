import {
  changeRatings,
  DatasetEntity,
  lockMovie,
  lockMovies,
  lockUser,
  MovieEntity,
  RatingEntity,
  UserEntity,
  type RatingStep,
} from '@pocketrocket/schema/database';
import type { EntityManager } from 'typeorm';
import { placeholders } from '../database/batches.ts';
import type { MovieTally } from '../catalogue/movieTable.ts';

/** A change of one rating; null half stars remove it. */
export interface RatingChange {
  userId: number;
  movieId: number;
  halfStars: number | null;
  /** Time of the change; a rating from after it stays. */
  atSeconds: number;
}

/** The outcome of a change, with the rating as it stands then, and the movie's number and sum of ratings after it. */
export type RatingWritten =
  | {
      status: 'written' | 'unchanged';
      movie: MovieTally;
      halfStars: number | null;
      ratedAtSeconds: number | null;
    }
  | { status: 'noUser' }
  | { status: 'noMovie' };

/**
 * Writes one rating with the aggregates of its movie, user and genres; within a transaction. The same change again changes
 * nothing, the time of the rating neither; nor does one that comes after a later one.
 */
export async function writeRating(manager: EntityManager, change: RatingChange): Promise<RatingWritten> {
  const { userId, movieId, halfStars, atSeconds } = change;
  // Before anything is read: what is read afterwards is the latest.
  await lockUser(manager, userId);
  await lockMovie(manager, movieId);
  if (!(await manager.existsBy(UserEntity, { userId }))) return { status: 'noUser' };
  const movie = await manager.findOneBy(MovieEntity, { movieId });
  const dataset = await manager.findOneBy(DatasetEntity, { datasetId: 1 });
  if (!movie || !dataset) return { status: 'noMovie' };
  const before = await manager.findOneBy(RatingEntity, { userId, movieId });
  const isLate = before !== null && before.ratedAtSeconds !== null && before.ratedAtSeconds > atSeconds;
  if (isLate || (before?.halfStars ?? null) === halfStars)
    return {
      status: 'unchanged',
      movie: { ratingCount: movie.ratingCount, halfStarSum: movie.halfStarSum },
      halfStars: before?.halfStars ?? null,
      ratedAtSeconds: before?.ratedAtSeconds ?? null,
    };
  const to = halfStars === null ? null : { halfStars, ratedAtSeconds: atSeconds };
  const tallies = await changeRatings(
    manager,
    userId,
    new Map([[movieId, { from: before, to }]]),
    dataset.meanRating,
  );
  const tally = tallies.get(movieId);
  if (!tally) throw new Error(`movie ${movieId} went while it was locked`);
  return { status: 'written', movie: tally, halfStars, ratedAtSeconds: to?.ratedAtSeconds ?? null };
}

/** The outcome of several changes. */
export interface RatingsWritten {
  /** Of each movie that exists: when its rating is from, null where that is unknown. */
  ratedAtSeconds: Map<number, number | null>;
  /** Number and sum of ratings of each movie that changed. */
  movies: Map<number, MovieTally>;
}

/**
 * Writes several ratings of a user with all aggregates; within a transaction. Those that stand already keep their time; movies that do
 * not exist are passed over. Null for a user who is gone.
 * @param halfStars by movieId, some hundred at most
 */
export async function writeRatings(
  manager: EntityManager,
  {
    userId,
    halfStars,
    nowSeconds,
  }: { userId: number; halfStars: ReadonlyMap<number, number>; nowSeconds: number },
): Promise<RatingsWritten | null> {
  const movieIds = [...halfStars.keys()];
  // Before anything is read: what is read afterwards is the latest.
  await lockUser(manager, userId);
  if (movieIds.length > 0) await lockMovies(manager, movieIds);
  if (!(await manager.existsBy(UserEntity, { userId }))) return null;
  const dataset = await manager.findOneBy(DatasetEntity, { datasetId: 1 });
  const written: RatingsWritten = { ratedAtSeconds: new Map(), movies: new Map() };
  if (!dataset || movieIds.length === 0) return written;
  const rows = await manager.query<
    { movieId: number; halfStars: number | null; ratedAtSeconds: number | null }[]
  >(
    `SELECT movie.movieId, rating.halfStars, rating.ratedAtSeconds FROM movie
     LEFT JOIN rating ON rating.movieId = movie.movieId AND rating.userId = ?
     WHERE movie.movieId IN (${placeholders(movieIds)})`,
    [userId, ...movieIds],
  );
  const steps = new Map<number, RatingStep>();
  for (const { movieId, halfStars: before, ratedAtSeconds } of rows) {
    const given = halfStars.get(movieId) ?? null;
    const isSame = given === before;
    written.ratedAtSeconds.set(movieId, isSame ? ratedAtSeconds : nowSeconds);
    if (given === null || isSame) continue;
    const from = before === null ? null : { halfStars: before, ratedAtSeconds };
    steps.set(movieId, { from, to: { halfStars: given, ratedAtSeconds: nowSeconds } });
  }
  written.movies = await changeRatings(manager, userId, steps, dataset.meanRating);
  return written;
}
