import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, recomputeAggregates, type Database } from '@pocketrocket/schema/database';
import { canTestOn, makeTestRoom, TEST_ENGINES, type TestRoom } from '@pocketrocket/testing';
import { importDataset } from './importDataset.ts';
import { PLAIN_CSV, readFiles, silent } from './test/datasets.ts';
import { everything } from './test/everything.ts';

const AS_IMPORTED = ['genre', 'movie', 'user', 'user_genre'].map((table) => ({
  table,
  numDifferent: 0,
  example: null,
}));

for (const engine of TEST_ENGINES) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`recomputing aggregates on ${engine}`, () => {
    let room: TestRoom;
    let database: Database;
    beforeEach(async () => {
      room = await makeTestRoom(engine);
      database = await openDatabase(room.options);
      await importDataset(database, await readFiles(PLAIN_CSV), { replace: false, progress: silent });
    });
    afterEach(async () => {
      await database.close();
      await room.drop();
    });

    it('finds nothing in what an import wrote', async () => {
      expect(await recomputeAggregates(database, false)).toEqual(AS_IMPORTED);
    });

    it('tells what differs, and mends it to what the import wrote', async () => {
      const fresh = await everything(database);
      const query = (sql: string) => database.dataSource.query(sql);
      const [{ userId, genreId }] = await database.dataSource.query<[{ userId: number; genreId: number }]>(
        'SELECT userId, genreId FROM user_genre ORDER BY userId, genreId LIMIT 1',
      );
      await query('UPDATE genre SET movieCount = movieCount + 1 WHERE genreId = 1');
      await query('UPDATE movie SET ratingCount = 99, stars50 = 98 WHERE movieId = 10');
      await query('UPDATE movie SET weightedRating = weightedRating + 0.001 WHERE movieId = 20');
      await query('UPDATE user SET halfStarSum = halfStarSum - 1');
      await query(`DELETE FROM user_genre WHERE userId = ${userId} AND genreId = ${genreId}`);
      await query(
        `INSERT INTO user_genre (userId, genreId, ratingCount, halfStarSum) VALUES (${userId}, 77, 3, 9)`,
      );
      const damaged = await everything(database);

      const users = await database.dataSource.query<unknown[]>('SELECT userId FROM user');
      const told = [
        {
          table: 'genre',
          numDifferent: 1,
          example: expect.stringMatching(/^genre 1: movieCount is \d+, its movies are/),
        },
        {
          table: 'movie',
          numDifferent: 2,
          example: expect.stringMatching(/^movie 10: ratingCount is 99, the ratings give \d$/),
        },
        {
          table: 'user',
          numDifferent: users.length,
          example: expect.stringMatching(/^user \d+: halfStarSum is/),
        },
        { table: 'user_genre', numDifferent: 2, example: expect.stringContaining(`user ${userId}, genre`) },
      ];
      expect(await recomputeAggregates(database, false)).toEqual(told);
      expect(await everything(database)).toEqual(damaged);

      expect(await recomputeAggregates(database, true)).toEqual(told);
      expect(await everything(database)).toEqual(fresh);
      expect(await recomputeAggregates(database, false)).toEqual(AS_IMPORTED);
    });
  });
}
