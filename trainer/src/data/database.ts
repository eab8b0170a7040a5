import { DatasetEntity, RatingEntity, UserEntity, type Database } from '@pocketrocket/schema/database';
import { AppError, type Progress } from '@pocketrocket/runtime';
import { RatingTableBuilder } from './ratingTable.ts';
import type { RatingTable } from './ratingTable.ts';

/** Users a query: enough to make round trips cheap, few enough that one answer stays small. */
const USERS_PER_QUERY = 1000;

/** A rating as it is stored. */
export interface RatingRow {
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
export async function readRatings(database: Database, progress: Progress): Promise<RatingTable> {
  const users = await database.dataSource
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
    if (first === undefined || last === undefined) break;
    const rows = await readRatingsBetween(database, first, last);
    for (const { userId, movieId, halfStars, ratedAtSeconds } of rows) {
      table.add(userId, movieId, halfStars / 2, ratedAtSeconds ?? NaN);
    }
    stage.update((numRead += rows.length));
  }
  stage.finish();
  return table.build();
}

/** Reads the ratings of users first … last, ordered by user, then time (unknown first), then movie. */
export function readRatingsBetween(
  { dataSource }: Database,
  first: number,
  last: number,
): Promise<RatingRow[]> {
  return dataSource
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
}

/** Reads the ids of at most `count` users above one, ascending. */
export async function readUserIds({ dataSource }: Database, above: number, count: number): Promise<number[]> {
  const users = await dataSource
    .getRepository(UserEntity)
    .createQueryBuilder('user')
    .select('user.userId', 'userId')
    .where('user.userId > :above', { above })
    .orderBy('user.userId')
    .limit(count)
    .getRawMany<{ userId: number }>();
  return users.map(({ userId }) => userId);
}

/** The ids of the first and the last of at most `count` users above one; null where there is none. */
export async function readUserRange(
  { dataSource }: Database,
  above: number,
  count: number,
): Promise<[first: number, last: number] | null> {
  const range = await dataSource
    .createQueryBuilder()
    .select('MIN(some.userId)', 'first')
    .addSelect('MAX(some.userId)', 'last')
    .from(
      (users) =>
        users
          .select('user.userId', 'userId')
          .from(UserEntity, 'user')
          .where('user.userId > :above', { above })
          .orderBy('user.userId')
          .limit(count),
      'some',
    )
    .getRawOne<{ first: number | null; last: number | null }>();
  if (!range || range.first === null || range.last === null) return null;
  return [range.first, range.last];
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
