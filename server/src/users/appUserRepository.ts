import { toNodeId, User } from '@pocketrocket/schema';
import type { DataSource } from 'typeorm';
import { nameOfAppUser } from '../apps/appUsers.ts';
import { APP_RATINGS } from '../database/appRatings.ts';
import { groupBy, inOrder, placeholders } from '../database/batches.ts';
import type { AppUser } from '../loaders/requestScope.ts';

interface AppUserRow {
  userId: number;
  appId: string;
  externalId: string;
  name: string | null;
  ratingsVersion: number;
}

/** Ratings of a user of one value; MySQL sends numbers of rows as text. */
interface RatedRow {
  userId: number;
  halfStars: number;
  number: number | string;
}

/** Users of apps, whoever asks: the caller sees to it that it is their app. */
export class AppUserRepository {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * One entry per number, in the order asked; null where no app has such a user. Of an app that shares its users the ratings stand in
   * `user`, and are not counted here.
   */
  async byIds(userIds: readonly number[]): Promise<(AppUser | null)[]> {
    const users = await this.dataSource.query<AppUserRow[]>(
      `SELECT userId, appId, externalId, name, ratingsVersion FROM app_user WHERE userId IN (${placeholders(userIds)})`,
      [...userIds],
    );
    const rated =
      users.length === 0
        ? []
        : await this.dataSource.query<RatedRow[]>(
            `SELECT userId, halfStars, COUNT(*) AS number FROM ${APP_RATINGS} given
             WHERE userId IN (${placeholders(users)}) GROUP BY userId, halfStars ORDER BY userId, halfStars`,
            users.map(({ userId }) => userId),
          );
    const byUser = groupBy(rated, ({ userId }) => userId);
    return inOrder(
      userIds,
      users.map((user) => toAppUser(user, byUser.get(user.userId) ?? [])),
      ({ userId }) => userId,
    );
  }

  /** One entry per external id, in the order asked: the number of the app's user; null where it has none. */
  async userIdsOf(appId: string, externalIds: readonly string[]): Promise<(number | null)[]> {
    const rows = await this.dataSource.query<Pick<AppUserRow, 'userId' | 'externalId'>[]>(
      `SELECT userId, externalId FROM app_user WHERE appId = ? AND externalId IN (${placeholders(externalIds)})`,
      [appId, ...externalIds],
    );
    const byId = new Map(rows.map(({ userId, externalId }) => [externalId, userId]));
    return externalIds.map((externalId) => byId.get(externalId) ?? null);
  }
}

/** @param rated by ascending rating */
function toAppUser(row: AppUserRow, rated: readonly RatedRow[]): AppUser {
  const { userId, appId, externalId, ratingsVersion } = row;
  const ratingCount = rated.reduce((sum, { number }) => sum + Number(number), 0);
  const halfStarSum = rated.reduce((sum, { halfStars, number }) => sum + halfStars * Number(number), 0);
  const inStars = (given: RatedRow | undefined) => (given ? given.halfStars / 2 : null);
  return Object.assign(new User(), {
    ratingsState: `${ratingsVersion} ${ratingCount} ${halfStarSum}`,
    id: toNodeId('User', userId),
    userId,
    name: nameOfAppUser(row),
    sharesRatings: false,
    ratingCount,
    averageRating: ratingCount === 0 ? null : halfStarSum / 2 / ratingCount,
    highestRating: inStars(rated.at(-1)),
    lowestRating: inStars(rated[0]),
    ofApp: { appId, externalId },
  });
}
