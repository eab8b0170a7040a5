import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canTestOn, makeTestRoom, TEST_ENGINES, type TestRoom } from '@pocketrocket/testing';
import { GenreEntity, openDatabase, UserEntity, UserGenreEntity, type Database } from '../index.ts';
import { toHistogramColumns } from '../entities/ratingHistogram.ts';
import { countInGenres } from './raters.ts';

const USERS = [
  { userId: 1, halfStars: 8 },
  { userId: 2, halfStars: 8 },
  { userId: 3, halfStars: 3 },
];

describe.each(TEST_ENGINES.filter(canTestOn))("users' shares of genres on %s", (engine) => {
  let room: TestRoom;
  let database: Database;

  beforeAll(async () => {
    room = await makeTestRoom(engine);
    database = await openDatabase(room.options);
    await database.dataSource.getRepository(GenreEntity).insert([
      { genreId: 1, name: 'Drama', movieCount: 0 },
      { genreId: 2, name: 'Comedy', movieCount: 0 },
    ]);
    const none = { ratingCount: 0, halfStarSum: 0, ...toHistogramColumns([]) };
    await database.dataSource
      .getRepository(UserEntity)
      .insert(USERS.map(({ userId }) => ({ ...none, userId, name: `User ${userId}` })));
    await database.dataSource
      .getRepository(UserGenreEntity)
      .insert({ userId: 1, genreId: 1, ratingCount: 1, halfStarSum: 5 });
  });
  afterAll(async () => {
    await database.close();
    await room.drop();
  });

  const shares = async () =>
    (
      await database.dataSource
        .getRepository(UserGenreEntity)
        .find({ order: { userId: 'ASC', genreId: 'ASC' } })
    ).map(({ userId, genreId, ratingCount, halfStarSum }) => [userId, genreId, ratingCount, halfStarSum]);

  it('are counted in where there are some and where there are none, and out again', async () => {
    await database.transaction((manager) => countInGenres(manager, USERS, [1, 2], 1));
    expect(await shares()).toEqual([
      [1, 1, 2, 13],
      [1, 2, 1, 8],
      [2, 1, 1, 8],
      [2, 2, 1, 8],
      [3, 1, 1, 3],
      [3, 2, 1, 3],
    ]);
    await database.transaction((manager) => countInGenres(manager, USERS, [1, 2], -1));
    expect(await shares()).toEqual([[1, 1, 1, 5]]);
  });

  // SQLite has one writer at a time.
  if (!engine.startsWith('node-'))
    it('are counted in where another took the last rating back after this transaction had begun to read', async () => {
      const other = await openDatabase(room.options);
      await database.transaction(async (manager) => {
        await manager.query('SELECT COUNT(*) FROM user_genre');
        await other.dataSource.getRepository(UserGenreEntity).delete({ userId: 1, genreId: 1 });
        await countInGenres(manager, [{ userId: 1, halfStars: 8 }], [1], 1);
      });
      await other.close();
      expect(await shares()).toEqual([[1, 1, 1, 8]]);
    });
});
