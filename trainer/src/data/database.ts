import { DatasetEntity, RatingEntity, UserEntity, type Database } from '@pocketrocket/schema/database';
import { AppError, type Progress } from '@pocketrocket/runtime';
import { RatingTableBuilder } from './ratingTable.ts';
import type { RatingTable } from './ratingTable.ts';

/** Users a query: enough to make round trips cheap, few enough that one answer stays small. */
const USERS_PER_QUERY = 1000;

interface RatingRow {
  userId: number;
  movieId: number;
  halfStars: number;
  ratedAtSeconds: number | null;
}

/**
 * Reads every rating, ordered by user, then time (unknown first), then movie.
 *
 * Users are read in ranges, so that neither side ever holds the whole table as objects.
 */
export async function readRatings({ dataSource }: Database, progress: Progress): Promise<RatingTable> {
  const users = await dataSource
    .getRepository(UserEntity)
    .createQueryBuilder('user')
    .select('user.userId', 'userId')
    .addSelect('user.ratingCount', 'ratingCount')
    .orderBy('user.userId')
    .getRawMany<{ userId: number; ratingCount: number }>();
  const numRatings = users.reduce((sum, user) => sum + user.ratingCount, 0);
  const stage = progress.stage('reading ratings', numRatings, 'ratings');
  const table = new RatingTableBuilder(numRatings);
  let numRead = 0;
  for (let start = 0; start < users.length; start += USERS_PER_QUERY) {
    const first = users[start]?.userId;
    const last = users[Math.min(start + USERS_PER_QUERY, users.length) - 1]?.userId;
    const rows = await dataSource
      .getRepository(RatingEntity)
      .createQueryBuilder('rating')
      .select('rating.userId', 'userId')
      .addSelect('rating.movieId', 'movieId')
      .addSelect('rating.halfStars', 'halfStars')
      .addSelect('rating.ratedAtSeconds', 'ratedAtSeconds')
      .where('rating.userId BETWEEN :first AND :last', { first, last })
      .orderBy('rating.userId')
      .addOrderBy('rating.ratedAtSeconds')
      .addOrderBy('rating.movieId')
      .getRawMany<RatingRow>();
    for (const { userId, movieId, halfStars, ratedAtSeconds } of rows) {
      table.add(userId, movieId, halfStars / 2, ratedAtSeconds ?? NaN);
    }
    stage.update((numRead += rows.length));
  }
  stage.finish();
  return table.build();
}

/**
 * The data set that the database holds.
 * @throws AppError BAD_DATA when nothing was imported yet
 */
export async function readDataset({ dataSource }: Database): Promise<DatasetEntity> {
  const dataset = await dataSource.getRepository(DatasetEntity).findOneBy({ datasetId: 1 });
  if (dataset) return dataset;
  throw new AppError(
    'BAD_DATA',
    'the database is empty; import ratings first, for example `npm run seed -- sample`',
  );
}
