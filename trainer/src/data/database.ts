import { FIRST_MAPPED_ID } from '@pocketrocket/formats';
import {
  DatasetEntity,
  FIRST_APP_USER_ID,
  RatingEntity,
  UserEntity,
  type Database,
} from '@pocketrocket/schema/database';
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
 * Reads every rating, those of apps' users included, ordered by user, then time (unknown first), then movie.
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
  const ofApps = await readAppUserIds(database);
  const numRatings = users.reduce((sum, user) => sum + user.ratingCount, await countAppRatings(database));
  const stage = progress.stage('reading ratings', numRatings, 'ratings');
  const table = new RatingTableBuilder(numRatings);
  let numRead = 0;
  const add = (rows: readonly RatingRow[]) => {
    for (const { userId, movieId, halfStars, ratedAtSeconds } of rows)
      table.add(userId, movieId, halfStars / 2, ratedAtSeconds ?? NaN);
    stage.update((numRead += rows.length));
  };
  const readAll = async (userIds: readonly number[], read: ReadRange) => {
    for (let start = 0; start < userIds.length; start += USERS_PER_QUERY) {
      const first = userIds[start];
      const last = userIds[Math.min(start + USERS_PER_QUERY, userIds.length) - 1];
      if (first === undefined || last === undefined) break;
      add(await read(database, first, last));
    }
  };
  const isBefore = ({ userId }: { userId: number }) => userId < FIRST_APP_USER_ID;
  const idsOf = (some: readonly { userId: number }[]) => some.map(({ userId }) => userId);
  // Numbers of apps' users lie between those of accounts and those that ids of other kinds are given.
  await readAll(idsOf(users.filter(isBefore)), readRatingsBetween);
  await readAll(ofApps, readAppRatingsBetween);
  await readAll(idsOf(users.filter((user) => !isBefore(user) && !isOfApp(user.userId))), readRatingsBetween);
  stage.finish();
  return table.build();
}

type ReadRange = (database: Database, first: number, last: number) => Promise<RatingRow[]>;

/** True of a user of an app, by the number. */
export function isOfApp(userId: number): boolean {
  return userId >= FIRST_APP_USER_ID && userId < FIRST_MAPPED_ID;
}

/** The ids of all users of apps, ascending. */
async function readAppUserIds({ dataSource }: Database): Promise<number[]> {
  const rows = await dataSource.query<{ userId: number }[]>('SELECT userId FROM app_user ORDER BY userId');
  return rows.map(({ userId }) => userId);
}

/**
 * Reads the ratings of apps' users first … last, ordered by user, then time (unknown first), then movie: those of apps that share their
 * users stand among all others. What names a movie that is not there counts for nothing.
 */
async function readAppRatingsBetween(database: Database, first: number, last: number): Promise<RatingRow[]> {
  const own = await database.dataSource.query<RatingRow[]>(
    `SELECT app_rating.userId, app_rating.movieId, app_rating.halfStars, app_rating.ratedAtSeconds
     FROM app_rating JOIN movie ON movie.movieId = app_rating.movieId
     WHERE app_rating.userId BETWEEN ? AND ?
     ORDER BY app_rating.userId, app_rating.ratedAtSeconds, app_rating.movieId`,
    [first, last],
  );
  const shared = await readRatingsBetween(database, first, last);
  return shared.length === 0 ? own : [...own, ...shared].sort((a, b) => a.userId - b.userId);
}

/** Counts the ratings of apps' users, but for those who are shared. */
function countAppRatings({ dataSource }: Database): Promise<number> {
  return count(
    dataSource,
    'SELECT COUNT(*) AS total FROM app_rating JOIN movie ON movie.movieId = app_rating.movieId',
  );
}

/** Counts the movies that apps have added. */
export function countOverlayMovies({ dataSource }: Database): Promise<number> {
  return count(dataSource, 'SELECT COUNT(*) AS total FROM overlay_movie WHERE isOwner = 1 AND isHidden = 0');
}

async function count(dataSource: Database['dataSource'], sql: string): Promise<number> {
  const [row] = await dataSource.query<{ total: number | string }[]>(sql);
  return Number(row?.total ?? 0);
}

/** Reads the ratings of users first … last but those of apps alone, ordered by user, then time (unknown first), then movie. */
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
 * Ends work on a data set that another has replaced since it was read.
 * @param result what is to be made of the work, as the end of a sentence
 * @throws AppError CONFLICT where the database holds another data set by now
 */
export async function refuseReplaced(database: Database, identity: string, result: string): Promise<void> {
  const now = await readDataset(database);
  if (now.identity !== identity)
    throw new AppError('CONFLICT', `the data set was replaced meanwhile: ${result}`);
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
