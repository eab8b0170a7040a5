import { GenreShare, toNodeId, User, UserOrder } from '@pocketrocket/schema';
import { HISTOGRAM_COLUMNS, type RatingHistogramColumns } from '@pocketrocket/schema/database';
import type { DataSource } from 'typeorm';
import { groupBy, inOrder, placeholders } from '../database/batches.ts';
import { externalIdsOf, isNoAccountSql, isOfApp, numbersOf } from '../database/externalIds.ts';
import { toGenre, type GenreRow } from '../genres/genreRepository.ts';
import type { StoredUser } from '../loaders/requestScope.ts';
import {
  afterPosition,
  orderTerms,
  toSlice,
  type Keyset,
  type Slice,
  type SliceRequest,
} from '../database/keyset.ts';

interface UserRow extends RatingHistogramColumns {
  userId: number;
  name: string;
  ratingCount: number;
  halfStarSum: number;
  ratingsVersion: number;
  /** 1 or 0; MySQL may send it as text. */
  sharesRatings: number | string;
  /** The number of ratings where `ratingCount` hides it. */
  ownCount?: number;
}

/** A genre's share of a user's ratings. */
type ShareRow = GenreRow & { userId: number; shareCount: number; shareHalfStars: number };

/**
 * True of a user whose ratings everybody may read: one of the data set, one of an app that shares its users (no others stand in this
 * table), or an account that shares them. A CASE, so that no database takes the condition for a way to find users.
 */
const isShared = (table: string) =>
  `CASE WHEN ${isNoAccountSql(`${table}.userId`)} THEN 1
        ELSE EXISTS (SELECT 1 FROM account owner WHERE owner.userId = ${table}.userId AND owner.sharesRatings = 1) END`;

const USER_COLUMNS = [
  'userId',
  'name',
  'ratingCount',
  'halfStarSum',
  'ratingsVersion',
  ...HISTOGRAM_COLUMNS,
].map((column) => `account.${column}`);

const BY_USER = { table: 'account', idColumn: 'userId' } as const;

export const USER_ORDERS: Record<UserOrder, Keyset<UserRow>> = {
  [UserOrder.RATING_COUNT_DESC]: { ...BY_USER, column: 'ratingCount', direction: 'DESC' },
  [UserOrder.USER_ID_ASC]: { ...BY_USER, column: 'userId', direction: 'ASC' },
};

export class UserRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** One entry per id, in the order asked; null where the user does not exist. */
  async byIds(userIds: readonly number[]): Promise<(StoredUser | null)[]> {
    const rows = await this.dataSource.query<UserRow[]>(
      `SELECT ${USER_COLUMNS.join(', ')}, ${isShared('account')} AS sharesRatings
       FROM user account WHERE account.userId IN (${placeholders(userIds)})`,
      [...userIds],
    );
    return inOrder(userIds, rows.map(toUser), ({ userId }) => userId);
  }

  /** One entry per user, in the order asked: the id as the data set's files write it. */
  externalIds(userIds: readonly number[]): Promise<string[]> {
    return externalIdsOf(this.dataSource, 'user', userIds);
  }

  /** One entry per id as the data set's files write it, in the order asked; null for what is none. */
  userIdsOf(externalIds: readonly string[]): Promise<(number | null)[]> {
    return numbersOf(this.dataSource, 'user', externalIds);
  }

  /** A stretch of all users. */
  async slice(request: SliceRequest<UserOrder>): Promise<Slice<StoredUser>> {
    if (request.order === UserOrder.RATING_COUNT_DESC) return this.#byRatingCount(request);
    return toSlice(await this.#rows(request), USER_ORDERS[request.order], request.limit, toUser);
  }

  /** Private numbers of ratings count as none: neither places nor cursors tell them. */
  async #byRatingCount(request: SliceRequest<UserOrder>): Promise<Slice<StoredUser>> {
    const keyset = USER_ORDERS[request.order];
    const rows = await this.#rows(request, `${isShared('account')} = 1`);
    if (rows.length <= request.limit || rows.at(-1)?.ratingCount === 0) {
      const { sql, values } = afterPosition({ ...keyset, table: 'listed' }, request.after);
      const hidden = await this.dataSource.query<UserRow[]>(
        `SELECT listed.* FROM (
           SELECT ${USER_COLUMNS.map((column) => (column === 'account.ratingCount' ? '0 AS ratingCount' : column)).join(', ')},
                  account.ratingCount AS ownCount, 0 AS sharesRatings
           FROM account owner JOIN user account ON account.userId = owner.userId WHERE owner.sharesRatings = 0
         ) listed
         WHERE ${sql} ORDER BY listed.userId LIMIT ?`,
        [...values, request.limit + 1],
      );
      rows.push(...hidden);
      rows.sort((a, b) => b.ratingCount - a.ratingCount || a.userId - b.userId);
      rows.length = Math.min(rows.length, request.limit + 1);
    }
    return toSlice(rows, keyset, request.limit, toUser);
  }

  #rows({ order, limit, after }: SliceRequest<UserOrder>, condition = '1 = 1'): Promise<UserRow[]> {
    const keyset = USER_ORDERS[order];
    const { sql, values } = afterPosition(keyset, after);
    return this.dataSource.query<UserRow[]>(
      `SELECT ${USER_COLUMNS.join(', ')}, ${isShared('account')} AS sharesRatings
       FROM user account WHERE ${sql} AND ${condition} ORDER BY ${orderTerms(keyset)} LIMIT ?`,
      [...values, limit + 1],
    );
  }

  async count(): Promise<number> {
    const [row] = await this.dataSource.query<{ total: number | string }[]>(
      'SELECT COUNT(*) AS total FROM user',
    );
    return Number(row?.total ?? 0);
  }

  /** One list per user, in the order asked: genres watched most first, ties by name; empty without ratings. */
  async genreProfiles(userIds: readonly number[]): Promise<GenreShare[][]> {
    const ofApps = userIds.filter(isOfApp);
    const rows = [
      ...(await this.#shares(
        `SELECT userId, genreId, ratingCount, halfStarSum FROM user_genre
         WHERE userId IN (${placeholders(userIds)}) AND ratingCount > 0`,
        userIds,
      )),
      ...(ofApps.length === 0 ? [] : await this.#sharesOfAppUsers(ofApps)),
    ];
    const shares = groupBy(rows, ({ userId }) => userId);
    return userIds.map((userId) =>
      (shares.get(userId) ?? []).map((row) =>
        Object.assign(new GenreShare(), {
          genre: toGenre(row),
          ratingCount: row.shareCount,
          averageRating: row.shareHalfStars / 2 / row.shareCount,
        }),
      ),
    );
  }

  async #sharesOfAppUsers(userIds: readonly number[]): Promise<ShareRow[]> {
    const rows = await this.#shares(
      `SELECT given.userId, link.genreId, COUNT(*) AS ratingCount, SUM(given.halfStars) AS halfStarSum
       FROM app_rating given JOIN movie_genre link ON link.movieId = given.movieId
       WHERE given.userId IN (${placeholders(userIds)}) GROUP BY given.userId, link.genreId`,
      userIds,
    );
    // MySQL sends sums as text.
    return rows.map((row) => ({
      ...row,
      shareCount: Number(row.shareCount),
      shareHalfStars: Number(row.shareHalfStars),
    }));
  }

  #shares(shares: string, values: readonly number[]): Promise<ShareRow[]> {
    return this.dataSource.query<ShareRow[]>(
      `SELECT share.userId, share.ratingCount AS shareCount, share.halfStarSum AS shareHalfStars,
              genre.genreId, genre.name, genre.movieCount
       FROM (${shares}) share JOIN genre ON genre.genreId = share.genreId
       ORDER BY share.ratingCount DESC, genre.name`,
      [...values],
    );
  }

  /**
   * One list per movie, in the order asked, at most `limit` each: who rated it highest; among equal ratings who lifted it
   * furthest above the own mean; then by userId. Without those who keep their ratings private; empty where nobody is left.
   */
  async fansOfMovies(movieIds: readonly number[], limit: number): Promise<StoredUser[][]> {
    // `0e0` makes the division one of floating-point numbers on every database.
    const liking = `given.halfStars DESC,
      given.halfStars - (account.halfStarSum + 0e0) / account.ratingCount DESC, given.userId`;
    const rows = await this.dataSource.query<(UserRow & { movieId: number })[]>(
      `SELECT ${USER_COLUMNS.join(', ')}, account.movieId, 1 AS sharesRatings FROM (
         SELECT given.movieId, ${USER_COLUMNS.join(', ')},
                ROW_NUMBER() OVER (PARTITION BY given.movieId ORDER BY ${liking}) AS place
         FROM rating given JOIN user account ON account.userId = given.userId
         WHERE given.movieId IN (${placeholders(movieIds)}) AND ${isShared('given')} = 1
       ) account
       WHERE account.place <= ? ORDER BY account.movieId, account.place`,
      [...movieIds, limit],
    );
    const fans = groupBy(rows, ({ movieId }) => movieId);
    return movieIds.map((movieId) => (fans.get(movieId) ?? []).map(toUser));
  }
}

function toUser(row: UserRow): StoredUser {
  const { userId, name, halfStarSum, ratingsVersion } = row;
  const ratingCount = row.ownCount ?? row.ratingCount;
  const given = HISTOGRAM_COLUMNS.flatMap((column, index) => (row[column] > 0 ? [(index + 1) / 2] : []));
  return Object.assign(new User(), {
    ratingsState: `${ratingsVersion} ${ratingCount} ${halfStarSum}`,
    id: toNodeId('User', userId),
    userId,
    name,
    sharesRatings: Number(row.sharesRatings) === 1,
    ratingCount,
    averageRating: ratingCount === 0 ? null : halfStarSum / 2 / ratingCount,
    highestRating: given.at(-1) ?? null,
    lowestRating: given[0] ?? null,
  });
}
