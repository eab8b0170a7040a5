import { GenreShare, toNodeId, User, UserOrder } from '@pocketrocket/schema';
import { HISTOGRAM_COLUMNS, type RatingHistogramColumns } from '@pocketrocket/schema/database';
import type { DataSource } from 'typeorm';
import { groupBy, inOrder, placeholders } from '../database/batches.ts';
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
}

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
      `SELECT ${USER_COLUMNS.join(', ')} FROM user account WHERE account.userId IN (${placeholders(userIds)})`,
      [...userIds],
    );
    return inOrder(userIds, rows.map(toUser), ({ userId }) => userId);
  }

  /** A stretch of all users. */
  async slice({ order, limit, after }: SliceRequest<UserOrder>): Promise<Slice<StoredUser>> {
    const keyset = USER_ORDERS[order];
    const { sql, values } = afterPosition(keyset, after);
    const rows = await this.dataSource.query<UserRow[]>(
      `SELECT ${USER_COLUMNS.join(', ')} FROM user account WHERE ${sql} ORDER BY ${orderTerms(keyset)} LIMIT ?`,
      [...values, limit + 1],
    );
    return toSlice(rows, keyset, limit, toUser);
  }

  async count(): Promise<number> {
    const [row] = await this.dataSource.query<{ total: number | string }[]>(
      'SELECT COUNT(*) AS total FROM user',
    );
    return Number(row?.total ?? 0);
  }

  /** One list per user, in the order asked: genres watched most first, ties by name; empty without ratings. */
  async genreProfiles(userIds: readonly number[]): Promise<GenreShare[][]> {
    const rows = await this.dataSource.query<
      (GenreRow & { userId: number; shareCount: number; shareHalfStars: number })[]
    >(
      `SELECT share.userId, share.ratingCount AS shareCount, share.halfStarSum AS shareHalfStars,
              genre.genreId, genre.name, genre.movieCount
       FROM user_genre share JOIN genre ON genre.genreId = share.genreId
       WHERE share.userId IN (${placeholders(userIds)}) AND share.ratingCount > 0
       ORDER BY share.ratingCount DESC, genre.name`,
      [...userIds],
    );
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

  /**
   * One list per movie, in the order asked, at most `limit` each: who rated it highest; among equal ratings who lifted it
   * furthest above the own mean; then by userId. Empty where nobody rated the movie.
   */
  async fansOfMovies(movieIds: readonly number[], limit: number): Promise<StoredUser[][]> {
    // `0e0` makes the division one of floating-point numbers on every database.
    const liking = `given.halfStars DESC,
      given.halfStars - (account.halfStarSum + 0e0) / account.ratingCount DESC, given.userId`;
    const rows = await this.dataSource.query<(UserRow & { movieId: number })[]>(
      `SELECT ${USER_COLUMNS.join(', ')}, account.movieId FROM (
         SELECT given.movieId, ${USER_COLUMNS.join(', ')},
                ROW_NUMBER() OVER (PARTITION BY given.movieId ORDER BY ${liking}) AS place
         FROM rating given JOIN user account ON account.userId = given.userId
         WHERE given.movieId IN (${placeholders(movieIds)})
       ) account
       WHERE account.place <= ? ORDER BY account.movieId, account.place`,
      [...movieIds, limit],
    );
    const fans = groupBy(rows, ({ movieId }) => movieId);
    return movieIds.map((movieId) => (fans.get(movieId) ?? []).map(toUser));
  }
}

function toUser(row: UserRow): StoredUser {
  const { userId, name, ratingCount, halfStarSum, ratingsVersion } = row;
  const given = HISTOGRAM_COLUMNS.flatMap((column, index) => (row[column] > 0 ? [(index + 1) / 2] : []));
  return Object.assign(new User(), {
    ratingsState: `${ratingsVersion} ${ratingCount} ${halfStarSum}`,
    id: toNodeId('User', userId),
    userId,
    name,
    ratingCount,
    averageRating: ratingCount === 0 ? null : halfStarSum / 2 / ratingCount,
    highestRating: given.at(-1) ?? null,
    lowestRating: given[0] ?? null,
  });
}
