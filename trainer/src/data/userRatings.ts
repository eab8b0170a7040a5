import type { RatedMovie } from '@pocketrocket/model';
import { RatingEntity, UserEntity, type Database } from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';

/**
 * Reads a user's ratings, oldest first, unknown times first of all, equal times by movieId.
 * @throws AppError NOT_FOUND when there is no such user
 */
export async function readUserRatings({ dataSource }: Database, userId: number): Promise<RatedMovie[]> {
  const user = await dataSource.getRepository(UserEntity).findOneBy({ userId });
  if (!user) {
    const [first, last] = await Promise.all([
      dataSource.getRepository(UserEntity).minimum('userId'),
      dataSource.getRepository(UserEntity).maximum('userId'),
    ]);
    const range = `user ids go from ${String(first)} to ${String(last)}`;
    throw new AppError('NOT_FOUND', `the data set has no user ${userId}; ${range}`);
  }
  const ratings = await dataSource
    .getRepository(RatingEntity)
    .createQueryBuilder('rating')
    .where('rating.userId = :userId', { userId })
    .orderBy('rating.ratedAtSeconds')
    .addOrderBy('rating.movieId')
    .getMany();
  return ratings.map(({ movieId, halfStars, ratedAtSeconds }) => ({
    movieId,
    rating: halfStars / 2,
    ratedAtSeconds,
  }));
}
