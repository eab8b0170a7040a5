import { tableOfMark, type MovieMark } from '@pocketrocket/schema/database';
import type { DataSource } from 'typeorm';
import { groupBy, placeholders } from '../database/batches.ts';
import {
  afterPosition,
  orderTerms,
  toSlice,
  type Keyset,
  type Slice,
  type SliceRequest,
} from '../database/keyset.ts';

interface MarkRow {
  movieId: number;
  atSeconds: number;
}

/** The order of a user's marked movies: latest first. */
export const MARK_ORDERS: Record<'MARKED_AT_DESC', Keyset<MarkRow>> = {
  MARKED_AT_DESC: { table: 'mark', column: 'atSeconds', idColumn: 'movieId', direction: 'DESC' },
};

export type MarkOrder = keyof typeof MARK_ORDERS;

/** Movies that were deleted keep their marks: they may come back. */
const OF_MOVIES = 'JOIN movie ON movie.movieId = marked.movieId';

/** Movies that users have dismissed or mean to watch. */
export class MovieMarkRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** One list per user, in the order asked: the numbers of the marked movies; empty without any. */
  async ofUsers(mark: MovieMark, userIds: readonly number[]): Promise<number[][]> {
    const rows = await this.dataSource.query<{ userId: number; movieId: number }[]>(
      `SELECT userId, movieId FROM ${tableOfMark(mark).table} WHERE userId IN (${placeholders(userIds)})`,
      [...userIds],
    );
    const byUser = groupBy(rows, ({ userId }) => userId);
    return userIds.map((userId) => (byUser.get(userId) ?? []).map(({ movieId }) => movieId));
  }

  /** One answer per movie, in the order asked: true where the user has marked it. */
  async isMarked(mark: MovieMark, userId: number, movieIds: readonly number[]): Promise<boolean[]> {
    const rows = await this.dataSource.query<{ movieId: number }[]>(
      `SELECT movieId FROM ${tableOfMark(mark).table} WHERE userId = ? AND movieId IN (${placeholders(movieIds)})`,
      [userId, ...movieIds],
    );
    const marked = new Set(rows.map(({ movieId }) => movieId));
    return movieIds.map((movieId) => marked.has(movieId));
  }

  /** A stretch of the numbers of a user's marked movies, latest first. */
  async slice(mark: MovieMark, userId: number, request: SliceRequest<MarkOrder>): Promise<Slice<number>> {
    const { table, time } = tableOfMark(mark);
    const keyset = MARK_ORDERS[request.order];
    const after = afterPosition(keyset, request.after);
    const rows = await this.dataSource.query<MarkRow[]>(
      `SELECT mark.movieId, mark.atSeconds
       FROM (SELECT marked.movieId, ${time} AS atSeconds FROM ${table} marked ${OF_MOVIES} WHERE userId = ?) mark
       WHERE ${after.sql} ORDER BY ${orderTerms(keyset)} LIMIT ?`,
      [userId, ...after.values, request.limit + 1],
    );
    return toSlice(rows, keyset, request.limit, ({ movieId }) => movieId);
  }

  /** The number of a user's marked movies. */
  async count(mark: MovieMark, userId: number): Promise<number> {
    const [row] = await this.dataSource.query<{ total: number | string }[]>(
      `SELECT COUNT(*) AS total FROM ${tableOfMark(mark).table} marked ${OF_MOVIES} WHERE userId = ?`,
      [userId],
    );
    return Number(row?.total ?? 0);
  }
}
