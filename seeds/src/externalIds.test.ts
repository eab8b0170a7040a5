import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIRST_MAPPED_ID } from '@pocketrocket/formats';
import { FIRST_ACCOUNT_USER_ID, openDatabase, type Database } from '@pocketrocket/schema/database';
import { canTestOn, makeTestRoom, TEST_ENGINES, type TestRoom } from '@pocketrocket/testing';
import { knownIds } from './database/knownIds.ts';
import { importDataset } from './importDataset.ts';
import { readFiles, silent } from './test/datasets.ts';
import type { Files } from './test/files.ts';

const UUIDS = Array.from({ length: 7 }, (_, n) => `${n}0f8fad5b-d9cb-469f-a165-70867728950e`);
const ratingsCsv = (rows: readonly string[]) => `userId,movieId,rating,timestamp\n${rows.join('\n')}\n`;
const moviesCsv = (ids: readonly (string | number)[]) =>
  `movieId,title,releaseYear,genres\n${ids.map((id) => `${id},Film ${id},1990,Drama\n`).join('')}`;

/** All kinds of ids at once, the numbers of accounts and of mapped ids among them. */
const ALL_KINDS = {
  'movies.csv': moviesCsv([
    'tt0111161',
    0,
    2_147_483_647,
    FIRST_MAPPED_ID,
    '9223372036854775807',
    '-3',
    'été',
  ]),
  'ratings.csv': ratingsCsv([
    '1000000000,tt0111161,4,1',
    '0,0,3,2',
    '999999999,2147483647,5,3',
    `${FIRST_MAPPED_ID},${FIRST_MAPPED_ID},2,4`,
    '2147483648,9223372036854775807,1,5',
    '-1,-3,1.5,6',
    'Zoé,été,2.5,7',
    `${UUIDS[0]},tt0111161,3.5,8`,
    `${UUIDS[0]},0,3,9`,
    '1000000000.0,0,1,10',
  ]),
  'links.csv': 'movieId,imdbId,tmdbId\ntt0111161,0111161,278\n',
} as const satisfies Files;

const PLAIN_NUMBERS = {
  'movies.csv': moviesCsv([1]),
  'ratings.csv': ratingsCsv(['1,1,4,1']),
} as const satisfies Files;

interface Stored {
  users: Record<string, number>;
  movies: Record<string, number>;
  /** `user movie half stars`, as the files write them. */
  ratings: string[];
}

/** Content of a database, by the ids that the files write. */
async function stored({ dataSource }: Database): Promise<Stored> {
  const numbersOf = async (kind: 'user' | 'movie') =>
    Object.fromEntries(
      (
        await dataSource.query<{ externalId: string; number: number }[]>(
          `SELECT externalId, ${kind}Id AS number FROM ${kind}_external_id WHERE namespace = 'dataset'`,
        )
      ).map(({ externalId, number }) => [externalId, number]),
    );
  const [users, movies] = [await numbersOf('user'), await numbersOf('movie')];
  const nameIn = (numbers: Record<string, number>, number: number) =>
    Object.entries(numbers).find(([, given]) => given === number)?.[0] ?? String(number);
  const rows = await dataSource.query<{ userId: number; movieId: number; halfStars: number }[]>(
    'SELECT userId, movieId, halfStars FROM rating',
  );
  const ratings = rows.map(
    ({ userId, movieId, halfStars }) => `${nameIn(users, userId)} ${nameIn(movies, movieId)} ${halfStars}`,
  );
  return { users, movies, ratings: ratings.sort() };
}

const UUID_FILES = (...numbers: number[]): Files => ({
  'movies.csv': moviesCsv(['m1', 'm2', 5]),
  'ratings.csv': ratingsCsv(numbers.map((n) => `${UUIDS[n]},${n % 2 ? 'm1' : 'm2'},4,${n}`)),
});

for (const engine of TEST_ENGINES) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`ids that are no plain numbers on ${engine}`, () => {
    let database: Database;
    let room: TestRoom;
    beforeAll(async () => {
      room = await makeTestRoom(engine);
      database = await openDatabase(room.options);
    });
    afterAll(async () => {
      await database.close();
      await room.drop();
    });
    const put = async (files: Files, replace = true, ratingsInMemory?: number) =>
      importDataset(
        database,
        await readFiles(files, {
          known: knownIds(database),
          ...(ratingsInMemory !== undefined && { ratingsInMemory }),
        }),
        { replace, progress: silent },
      );

    it('are stored beside those that are, which keep their numbers, and reach every table', async () => {
      expect(await put(ALL_KINDS)).toMatchObject({ status: 'imported', movies: 7, users: 8, ratings: 10 });
      const { users, movies, ratings } = await stored(database);
      expect(ratings).toEqual(
        [
          '1000000000 tt0111161 8',
          '0 0 6',
          '999999999 2147483647 10',
          `${FIRST_MAPPED_ID} ${FIRST_MAPPED_ID} 4`,
          '2147483648 9223372036854775807 2',
          '-1 -3 3',
          'Zoé été 5',
          `${UUIDS[0]} tt0111161 7`,
          `${UUIDS[0]} 0 6`,
          '1000000000 0 2',
        ].sort(),
      );
      expect(Object.keys(users).sort()).toEqual(
        ['1000000000', `${FIRST_MAPPED_ID}`, '2147483648', '-1', 'Zoé', UUIDS[0]].sort(),
      );
      expect(Object.keys(movies).sort()).toEqual(['tt0111161', '9223372036854775807', '-3', 'été'].sort());
      const given = [...Object.values(users), ...Object.values(movies)];
      expect(Math.min(...given)).toBeGreaterThanOrEqual(FIRST_MAPPED_ID);
      expect(Object.values(movies)).not.toContain(FIRST_MAPPED_ID);
      const { dataSource } = database;
      const ownOf = (sql: string) => dataSource.query<Record<string, unknown>[]>(sql, [movies['tt0111161']]);
      expect(await ownOf('SELECT title, ratingCount FROM movie WHERE movieId = ?')).toEqual([
        { title: 'Film tt0111161', ratingCount: 2 },
      ]);
      expect(await ownOf('SELECT imdbId, tmdbId FROM external_ids WHERE movieId = ?')).toEqual([
        { imdbId: 111_161, tmdbId: 278 },
      ]);
      expect(
        await dataSource.query('SELECT ratingCount FROM user WHERE userId = ?', [users['1000000000']]),
      ).toEqual([{ ratingCount: 2 }]);
      expect(await put(ALL_KINDS)).toMatchObject({ status: 'unchanged' });
    });

    it('have the same numbers whatever the order of rows and the memory', async () => {
      await put(ALL_KINDS);
      const first = await stored(database);
      const [header, ...rows] = ALL_KINDS['ratings.csv'].trim().split('\n');
      const shuffled = { ...ALL_KINDS, 'ratings.csv': `${[header, ...rows.reverse()].join('\n')}\n` };
      for (const ratingsInMemory of [1 << 10, 3]) {
        expect(await put(shuffled, false, ratingsInMemory)).toMatchObject({ status: 'unchanged' });
        // In a database that knows nothing of them, too.
        const { identity } = await readFiles(shuffled, { ratingsInMemory });
        expect(identity).toBe((await readFiles(ALL_KINDS)).identity);
      }
      expect(await stored(database)).toEqual(first);
    });

    it('keep their numbers when a data set that has them too replaces theirs; new ones follow', async () => {
      await put(UUID_FILES(2, 4, 6));
      const before = await stored(database);
      expect(await put(UUID_FILES(1, 4, 5, 6))).toMatchObject({ status: 'replaced' });
      const after = await stored(database);
      const [one, , four, five, six] = [1, 2, 4, 5, 6].map((n) => after.users[UUIDS[n] ?? '']);
      expect([four, six]).toEqual([4, 6].map((n) => before.users[UUIDS[n] ?? '']));
      expect(after.movies).toEqual(before.movies);
      const highest = Math.max(...Object.values(before.users));
      expect([one, five]).toEqual([highest + 1, highest + 2]);
      // Who is gone is forgotten.
      expect(after.users).not.toHaveProperty([UUIDS[2] ?? '']);
      await put(PLAIN_NUMBERS);
      expect(await stored(database)).toEqual({ users: {}, movies: {}, ratings: ['1 1 8'] });
    });

    it('give way to a data set whose own number one of them has', async () => {
      await put(UUID_FILES(2, 4));
      const { movies } = await stored(database);
      await put({
        'movies.csv': moviesCsv([movies['m1'] ?? 0, 'm1', 'm2']),
        'ratings.csv': ratingsCsv([`1,${movies['m1']},4,1`, '1,m1,3,1', '1,m2,2,1']),
      });
      const after = await stored(database);
      expect(after.movies['m1']).not.toBe(movies['m1']);
      expect(after.movies['m2']).toBe(movies['m2']);
      expect(after.ratings).toEqual([`1 ${movies['m1']} 8`, '1 m1 6', '1 m2 4'].sort());
    });

    it('of others than the data set stay, and their numbers are given to nobody', async () => {
      await put(PLAIN_NUMBERS);
      const taken = FIRST_MAPPED_ID + 10;
      for (const [externalId, userId] of [
        ['their-1', taken],
        ['their-2', FIRST_ACCOUNT_USER_ID],
      ])
        await database.dataSource.query(
          "INSERT INTO user_external_id (namespace, externalId, userId) VALUES ('app', ?, ?)",
          [externalId, userId],
        );
      await put(UUID_FILES(2, 4));
      await put(UUID_FILES(1, 3));
      expect(Math.min(...Object.values((await stored(database)).users))).toBeGreaterThan(taken);
      expect(
        await database.dataSource.query(
          "SELECT externalId, userId FROM user_external_id WHERE namespace = 'app' ORDER BY externalId",
        ),
      ).toEqual([
        { externalId: 'their-1', userId: taken },
        { externalId: 'their-2', userId: FIRST_ACCOUNT_USER_ID },
      ]);
    });
  });
}

describe('reading ids that are no plain numbers', () => {
  it('gives no number to users without a rating that can be used', async () => {
    const { ids, numUsers } = await readFiles({
      'movies.csv': moviesCsv(['m1']),
      'ratings.csv': ratingsCsv(['zoe,m1,4,1', 'bob,m2,4,1', 'cid,m1,9,1', ',m1,4,1', 'ann,m1,3,1']),
    });
    expect([...ids.users.entries()]).toEqual([
      [FIRST_MAPPED_ID, 'ann'],
      [FIRST_MAPPED_ID + 1, 'zoe'],
    ]);
    expect(numUsers).toBe(2);
  });

  it('tells data sets apart that differ in ids alone', async () => {
    const identityOf = async (user: string, movie: string) =>
      (
        await readFiles({
          'movies.csv': `movieId,title,releaseYear,genres\n${movie},Same,1990,\n`,
          'ratings.csv': ratingsCsv([`${user},${movie},4,1`]),
        })
      ).identity;
    const identities = [
      await identityOf('ann', 'm1'),
      await identityOf('bob', 'm1'),
      await identityOf('ann', 'm2'),
      await identityOf('1', '1'),
    ];
    expect(new Set(identities).size).toBe(identities.length);
  });

  it('names them as the file does where a row repeats a pair', async () => {
    const { ratedAgain } = await readFiles({
      'movies.csv': moviesCsv(['m1']),
      'ratings.csv': ratingsCsv(['zoe,m1,4,1', 'zoe,m1,5,2']),
    });
    expect(ratedAgain).toEqual(['ratings.csv:2 (user zoe, movie m1)']);
  });

  it('names them as the file does where a rating cannot be used', async () => {
    const { skipped } = await readFiles({
      'movies.csv': moviesCsv(['m1']),
      'ratings.csv': ratingsCsv(['zoe,m1,4,1', 'zoe,m9,5,2', 'zoe,7,5,2', 'NaN,m1,5,2']),
    });
    expect(skipped.describe()).toEqual(
      expect.arrayContaining(['  ratings.csv:3 (m9)', '  ratings.csv:4 (7)', '  ratings.csv:5 (NaN)']),
    );
  });
});
