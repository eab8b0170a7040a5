import {
  countedAfter,
  DatasetEntity,
  lockMovie,
  lockUser,
  MovieEntity,
  MovieGenreEntity,
  RatingEntity,
  shareAfter,
  UserEntity,
  UserGenreEntity,
  weightedRating,
} from '@pocketrocket/schema/database';
import { In, type EntityManager } from 'typeorm';
import type { MovieTally } from '../catalogue/catalogue.ts';

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
  const user = await manager.findOneBy(UserEntity, { userId });
  if (!user) return { status: 'noUser' };
  const movie = await manager.findOneBy(MovieEntity, { movieId });
  const dataset = await manager.findOneBy(DatasetEntity, { datasetId: 1 });
  if (!movie || !dataset) return { status: 'noMovie' };
  const before = await manager.findOneBy(RatingEntity, { userId, movieId });
  const previous = before?.halfStars ?? null;
  if (previous === halfStars)
    return {
      status: 'unchanged',
      movie: { ratingCount: movie.ratingCount, halfStarSum: movie.halfStarSum },
      ratedAtSeconds: before?.ratedAtSeconds ?? null,
    };

  if (halfStars === null) await manager.delete(RatingEntity, { userId, movieId });
  else if (before)
    await manager.update(RatingEntity, { userId, movieId }, { halfStars, ratedAtSeconds: nowSeconds });
  else await manager.insert(RatingEntity, { userId, movieId, halfStars, ratedAtSeconds: nowSeconds });

  const ofMovie = countedAfter(movie, previous, halfStars);
  await manager.update(
    MovieEntity,
    { movieId },
    {
      ...ofMovie,
      weightedRating: weightedRating(ofMovie.ratingCount, ofMovie.halfStarSum, dataset.meanRating),
    },
  );
  await manager.update(
    UserEntity,
    { userId },
    { ...countedAfter(user, previous, halfStars), ratingsVersion: user.ratingsVersion + 1 },
  );
  await writeGenres(manager, change, previous);
  return {
    status: 'written',
    movie: { ratingCount: ofMovie.ratingCount, halfStarSum: ofMovie.halfStarSum },
    ratedAtSeconds: halfStars === null ? null : nowSeconds,
  };
}

const NO_RATINGS = { ratingCount: 0, halfStarSum: 0 };

async function writeGenres(
  manager: EntityManager,
  { userId, movieId, halfStars }: RatingChange,
  previous: number | null,
): Promise<void> {
  const links = await manager.findBy(MovieGenreEntity, { movieId });
  const genreIds = links.map(({ genreId }) => genreId);
  const held = await manager.findBy(UserGenreEntity, { userId, genreId: In(genreIds) });
  for (const genreId of genreIds) {
    const share = held.find((one) => one.genreId === genreId);
    const { ratingCount, halfStarSum } = shareAfter(share ?? NO_RATINGS, previous, halfStars);
    if (ratingCount === 0) await manager.delete(UserGenreEntity, { userId, genreId });
    else if (share) await manager.update(UserGenreEntity, { userId, genreId }, { ratingCount, halfStarSum });
    else await manager.insert(UserGenreEntity, { userId, genreId, ratingCount, halfStarSum });
  }
}
