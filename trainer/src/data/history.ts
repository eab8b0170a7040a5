import type { HistoryEntry, IdMap } from '@pocketrocket/engine';
import { RatingEntity, UserEntity, type Database } from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';

/**
 * A user's ratings of movies that the model knows, oldest first, unknown times first of all.
 * @throws AppError NOT_FOUND when there is no such user
 */
export async function readHistory(
  { dataSource }: Database,
  userId: number,
  items: IdMap,
): Promise<HistoryEntry[]> {
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
  return ratings
    .map(({ movieId, halfStars, ratedAtSeconds }) => ({
      itemIndex: items.indexOf(movieId),
      rating: halfStars / 2,
      timestamp: ratedAtSeconds ?? Number.NaN,
    }))
    .filter(({ itemIndex }) => itemIndex >= 0);
}
