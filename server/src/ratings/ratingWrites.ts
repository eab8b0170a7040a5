import {
  changeRatings,
  DatasetEntity,
  lockMovie,
  lockUser,
  MovieEntity,
  RatingEntity,
  UserEntity,
} from '@pocketrocket/schema/database';
import type { EntityManager } from 'typeorm';
import type { MovieTally } from '../catalogue/movieTable.ts';

/** A change of one rating; null half stars remove it. */
export interface RatingChange {
  userId: number;
  movieId: number;
  halfStars: number | null;
  nowSeconds: number;
}

/** The outcome of a change, with the movie's number and sum of ratings after it. */
export type RatingWritten =
  | { status: 'written' | 'unchanged'; movie: MovieTally; ratedAtSeconds: number | null }
  | { status: 'noUser' }
  | { status: 'noMovie' };

/**
 * Writes one rating with the aggregates of its movie, user and genres; within a transaction. The same change again changes
 * nothing, the time of the rating neither.
 */
export async function writeRating(manager: EntityManager, change: RatingChange): Promise<RatingWritten> {
  const { userId, movieId, halfStars, nowSeconds } = change;
  // Before anything is read: what is read afterwards is the latest.
  await lockUser(manager, userId);
  await lockMovie(manager, movieId);
  if (!(await manager.existsBy(UserEntity, { userId }))) return { status: 'noUser' };
  const movie = await manager.findOneBy(MovieEntity, { movieId });
  const dataset = await manager.findOneBy(DatasetEntity, { datasetId: 1 });
  if (!movie || !dataset) return { status: 'noMovie' };
  const before = await manager.findOneBy(RatingEntity, { userId, movieId });
  if ((before?.halfStars ?? null) === halfStars)
    return {
      status: 'unchanged',
      movie: { ratingCount: movie.ratingCount, halfStarSum: movie.halfStarSum },
      ratedAtSeconds: before?.ratedAtSeconds ?? null,
    };
  const to = halfStars === null ? null : { halfStars, ratedAtSeconds: nowSeconds };
  const tallies = await changeRatings(
    manager,
    userId,
    new Map([[movieId, { from: before, to }]]),
    dataset.meanRating,
  );
  const tally = tallies.get(movieId);
  if (!tally) throw new Error(`movie ${movieId} went while it was locked`);
  return { status: 'written', movie: tally, ratedAtSeconds: to?.ratedAtSeconds ?? null };
}
