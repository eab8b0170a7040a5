import { beforeAll, expect, it } from '@jest/globals';
import { RatingEntity } from '@pocketrocket/schema/database';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { fillDatabase, makeFixture, USER_WITHOUT_RATINGS } from '../test/fixture.ts';
import { writeRating } from '../ratings/ratingWrites.ts';
import { writeInTransaction } from './retry.ts';

describeOnEveryDatabase('a transaction past its deadline', (database) => {
  const change = { userId: USER_WITHOUT_RATINGS, movieId: 1, halfStars: 7, nowSeconds: 1_700_000_000 };
  const numRatings = () => database().dataSource.manager.countBy(RatingEntity, { userId: change.userId });
  beforeAll(() => fillDatabase(database(), makeFixture()));

  it('is undone, or not begun', async () => {
    const deadline = { isMissed: false, race: <T>(work: PromiseLike<T>) => Promise.resolve(work) };
    const late = writeInTransaction(database(), deadline, async (manager) => {
      const written = await writeRating(manager, change);
      deadline.isMissed = true;
      return written;
    });
    await expect(late).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    const later = writeInTransaction(database(), deadline, (manager) => writeRating(manager, change));
    await expect(later).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(await numRatings()).toBe(0);

    deadline.isMissed = false;
    await writeInTransaction(database(), deadline, (manager) => writeRating(manager, change));
    expect(await numRatings()).toBe(1);
  });
});
