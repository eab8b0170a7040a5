import { RatingOrder } from '@pocketrocket/schema';
import type { RatedMovie } from '@pocketrocket/model';
import type { DataSource } from 'typeorm';
import { APP_RATINGS } from '../database/appRatings.ts';
import { groupBy, placeholders } from '../database/batches.ts';
import { isOfApp } from '../database/externalIds.ts';
import type { RatingRecord } from '../loaders/requestScope.ts';
import {
  afterPosition,
  orderTerms,
  toSlice,
  type Keyset,
  type Slice,
  type SliceRequest,
} from '../database/keyset.ts';

interface RatingRow {
  userId: number;
  movieId: number;
  halfStars: number;
  ratedAtSeconds: number | null;
}

const BY_MOVIE = { table: 'given', idColumn: 'movieId' } as const;

export const RATING_ORDERS: Record<RatingOrder, Keyset<RatingRow>> = {
  [RatingOrder.RATED_AT_DESC]: { ...BY_MOVIE, column: 'ratedAtSeconds', direction: 'DESC', nullable: true },
  [RatingOrder.RATING_DESC]: { ...BY_MOVIE, column: 'halfStars', direction: 'DESC' },
  [RatingOrder.RATING_ASC]: { ...BY_MOVIE, column: 'halfStars', direction: 'ASC' },
};

export class RatingRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The same stretch of each user's ratings, in the order of the users asked; empty where there are none. */
  async slicesOfUsers(
    userIds: readonly number[],
    { order, limit, after }: SliceRequest<RatingOrder>,
  ): Promise<Slice<RatingRecord>[]> {
    const keyset = RATING_ORDERS[order];
    const { sql, values } = afterPosition(keyset, after);
    const { sql: from, values: fromValues } = ratingsOf(userIds);
    const rows = await this.dataSource.query<RatingRow[]>(
      `SELECT userId, movieId, halfStars, ratedAtSeconds FROM (
         SELECT given.userId, given.movieId, given.halfStars, given.ratedAtSeconds,
                ROW_NUMBER() OVER (PARTITION BY given.userId ORDER BY ${orderTerms(keyset)}) AS place
         FROM ${from} given
         WHERE given.userId IN (${placeholders(userIds)}) AND ${sql}
       ) placed
       WHERE place <= ? ORDER BY userId, place`,
      [...fromValues, ...userIds, ...values, limit + 1],
    );
    const byUser = groupBy(rows, ({ userId }) => userId);
    return userIds.map((userId) => toSlice(byUser.get(userId) ?? [], keyset, limit, toRecord));
  }

  /** One user's rating of each movie, 0.5 to 5, in the order of the movies asked; null where there is none. */
  async ofUser(userId: number, movieIds: readonly number[]): Promise<(number | null)[]> {
    const rows = await this.dataSource.query<Pick<RatingRow, 'movieId' | 'halfStars'>[]>(
      `SELECT movieId, halfStars FROM rating WHERE userId = ? AND movieId IN (${placeholders(movieIds)})`,
      [userId, ...movieIds],
    );
    const given = new Map(rows.map(({ movieId, halfStars }) => [movieId, halfStars / 2]));
    return movieIds.map((movieId) => given.get(movieId) ?? null);
  }

  /** Every rating of each user, in the order of the users asked: oldest first, those of unknown time before all, then by movieId. */
  async histories(userIds: readonly number[]): Promise<RatedMovie[][]> {
    const { sql: from, values } = ratingsOf(userIds);
    // Both databases sort NULL before everything else.
    const rows = await this.dataSource.query<RatingRow[]>(
      `SELECT userId, movieId, halfStars, ratedAtSeconds FROM ${from} given WHERE userId IN (${placeholders(userIds)})
       ORDER BY userId, ratedAtSeconds, movieId`,
      [...values, ...userIds],
    );
    const byUser = groupBy(rows, ({ userId }) => userId);
    return userIds.map((userId) =>
      (byUser.get(userId) ?? []).map(({ movieId, halfStars, ratedAtSeconds }) => ({
        movieId,
        rating: halfStars / 2,
        ratedAtSeconds,
      })),
    );
  }
}

/** The table in which ratings of users stand; with users of apps among them, those of both tables. */
function ratingsOf(userIds: readonly number[]): { sql: string; values: readonly number[] } {
  const ofApps = userIds.filter(isOfApp);
  if (ofApps.length === 0) return { sql: 'rating', values: [] };
  const columns = 'SELECT userId, movieId, halfStars, ratedAtSeconds FROM';
  const sql = `(${columns} rating WHERE userId IN (${placeholders(userIds)})
    UNION ALL ${columns} ${APP_RATINGS} ofApps WHERE userId IN (${placeholders(ofApps)}))`;
  return { sql, values: [...userIds, ...ofApps] };
}

export function toRecord({ userId, movieId, halfStars, ratedAtSeconds }: RatingRow): RatingRecord {
  return {
    userId,
    movieId,
    rating: halfStars / 2,
    ratedAt: ratedAtSeconds === null ? null : new Date(ratedAtSeconds * 1000),
  };
}
