import { AppEntity, AppRatingEntity, AppUserEntity, type Database } from '@pocketrocket/schema/database';

export const APP_ID = 'app000000001';

/** Adds a user of an app who likes some movies, one after the other. */
export async function addAppRatings(
  { dataSource }: Pick<Database, 'dataSource'>,
  userId: number,
  movieIds: readonly number[],
): Promise<void> {
  const app = { appId: APP_ID, name: 'An app', sharesUsers: 0, createdAtSeconds: 1 };
  await dataSource.getRepository(AppEntity).save(app);
  await dataSource.getRepository(AppUserEntity).insert({
    ...{ userId, appId: APP_ID, externalId: `u${userId}`, name: null, ratingsVersion: 1 },
    createdAtSeconds: 1,
  });
  for (const [place, movieId] of movieIds.entries())
    await dataSource
      .getRepository(AppRatingEntity)
      .insert({ userId, movieId, halfStars: 9, ratedAtSeconds: 1_000_000 + place });
}
