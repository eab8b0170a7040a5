import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import {
  AccountEntity,
  DatasetEntity,
  DismissedMovieEntity,
  ExperimentExposureEntity,
  ExternalIdsEntity,
  FIRST_ACCOUNT_USER_ID,
  GenreEntity,
  histogramCounts,
  MovieEntity,
  openDatabase,
  RatingEntity,
  toHistogramColumns,
  UserEntity,
  UserGenreEntity,
  weightedRating,
  type Database,
  TasteLinkEntity,
  WatchlistMovieEntity,
} from '@pocketrocket/schema/database';
import type { Progress } from '@pocketrocket/runtime';
import { canTestOn, makeTestRoom, TEST_ENGINES, type TestRoom } from '@pocketrocket/testing';
import { heldDataset, importDataset } from './importDataset.ts';
import { PLAIN_CSV, readFiles, readPath, silent } from './test/datasets.ts';
import { everything } from './test/everything.ts';
import { writeFolder } from './test/files.ts';

const OTHER_CSV = {
  'movies.csv': 'movieId,title,releaseYear,genres\n5,Other,1999,War\n',
  'ratings.csv': `userId,movieId,rating,timestamp\n${Array.from({ length: 1_200 }, (_, user) => `${user},5,4,1\n`).join('')}`,
};

/** Fails in the middle of the transaction: at the first ratings. */
function failingProgress(): Progress {
  return {
    stage: (name) => ({
      update() {
        if (name === 'writing ratings') throw new Error('injected failure');
      },
      finish() {},
    }),
    close() {},
  };
}

for (const engine of TEST_ENGINES) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`importing into ${engine}`, () => {
    let database: Database;
    let room: TestRoom;
    beforeEach(async () => {
      room = await makeTestRoom(engine);
      database = await openDatabase(room.options);
    });
    afterEach(async () => {
      await database.close();
      await room.drop();
    });
    const put = async (files: Readonly<Record<string, string>>, replace = false, progress = silent) =>
      importDataset(database, await readFiles(files), { replace, progress });

    it('writes movies, genres, links, users and ratings with their aggregates', async () => {
      expect(await put(PLAIN_CSV)).toMatchObject({
        status: 'imported',
        movies: 3,
        users: 2,
        ratings: 4,
        genres: 3,
      });
      const { dataSource } = database;
      const movies = await dataSource.getRepository(MovieEntity).find({ order: { movieId: 'ASC' } });
      expect(movies[0]).toMatchObject({
        title: 'The Paper Lighthouse',
        sortTitle: 'paper lighthouse',
        alternativeTitles: [],
        releaseYear: 1954,
        posterUrl: null,
        ratingCount: 2,
        halfStarSum: 16,
      });
      expect(movies.map((movie) => movie.weightedRating)).toEqual([
        expect.closeTo(weightedRating(2, 16, 3.25)),
        expect.closeTo(weightedRating(2, 10, 3.25)),
        expect.closeTo(3.25),
      ]);
      expect(histogramCounts(movies[1]?.histogram ?? fail())).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
      expect(movies[2]).toMatchObject({ releaseYear: null, ratingCount: 0 });
      expect(await dataSource.getRepository(GenreEntity).find({ order: { genreId: 'ASC' } })).toEqual([
        { genreId: 1, name: 'Comedy', movieCount: 1 },
        { genreId: 2, name: 'Drama', movieCount: 1 },
        { genreId: 3, name: 'Mystery', movieCount: 1 },
      ]);
      expect(await dataSource.getRepository(ExternalIdsEntity).find({ order: { movieId: 'ASC' } })).toEqual([
        { movieId: 10, imdbId: 123, tmdbId: 77 },
        { movieId: 30, imdbId: null, tmdbId: 78 },
      ]);
      const users = await dataSource.getRepository(UserEntity).find({ order: { userId: 'ASC' } });
      expect(users).toMatchObject([
        { userId: 1, name: 'User 1', ratingCount: 2, halfStarSum: 11 },
        { userId: 2, name: 'User 2', ratingCount: 2, halfStarSum: 15 },
      ]);
      const tastes = dataSource.getRepository(UserGenreEntity);
      expect(await tastes.find({ where: { userId: 2 }, order: { genreId: 'ASC' } })).toEqual([
        { userId: 2, genreId: 1, ratingCount: 1, halfStarSum: 9 },
        { userId: 2, genreId: 2, ratingCount: 1, halfStarSum: 6 },
        { userId: 2, genreId: 3, ratingCount: 1, halfStarSum: 6 },
      ]);
      expect(await dataSource.getRepository(RatingEntity).findOneBy({ userId: 1, movieId: 10 })).toEqual({
        userId: 1,
        movieId: 10,
        halfStars: 10,
        ratedAtSeconds: null,
      });
      expect(await dataSource.getRepository(DatasetEntity).find()).toMatchObject([
        { datasetId: 1, synthetic: false, movieCount: 3, ratingCount: 4, meanRating: 3.25 },
      ]);
    });

    it('changes nothing the second time', async () => {
      await put(PLAIN_CSV);
      await expectTidy(database);
      const before = await everything(database);
      expect(await put(PLAIN_CSV)).toMatchObject({ status: 'unchanged', ratings: 4 });
      expect(await everything(database)).toEqual(before);
    });

    it('refuses another data set unless it is to replace', async () => {
      await put(PLAIN_CSV);
      const before = await everything(database);
      await expect(put(OTHER_CSV)).rejects.toMatchObject({ code: 'DATASET_MISMATCH' });
      expect(await everything(database)).toEqual(before);
      expect(await put(OTHER_CSV, true)).toMatchObject({ status: 'replaced', users: 1_200 });
      expect(await database.dataSource.getRepository(MovieEntity).find()).toMatchObject([{ title: 'Other' }]);
      expect(await database.dataSource.getRepository(RatingEntity).count()).toBe(1_200);
      expect(await database.dataSource.getRepository(ExternalIdsEntity).count()).toBe(0);
    });

    it('lets one of two replacing imports win, and the other changes nothing', async () => {
      await put(PLAIN_CSV);
      const expected = (await heldDataset(database))?.identity ?? null;
      const second = room.options.url.includes(':memory:') ? database : await openDatabase(room.options);
      const replacing = async (into: Database, title: string) => {
        const files = { ...OTHER_CSV, 'movies.csv': OTHER_CSV['movies.csv'].replace('Other', title) };
        return importDataset(into, await readFiles(files), { replace: true, expected, progress: silent });
      };
      const outcomes = await Promise.allSettled([replacing(database, 'One'), replacing(second, 'Another')]);
      if (second !== database) await second.close();
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'CONFLICT', message: expect.stringMatching(/another import has meanwhile put/) },
      });
      const winner = outcomes[0]?.status === 'fulfilled' ? 'One' : 'Another';
      expect(await database.dataSource.getRepository(MovieEntity).find()).toMatchObject([{ title: winner }]);
      await expectTidy(database);
    });

    it('keeps accounts beside another data set, with their ratings of movies that it has too', async () => {
      await put(PLAIN_CSV);
      const userId = FIRST_ACCOUNT_USER_ID;
      const { dataSource } = database;
      await dataSource.getRepository(AccountEntity).insert({
        userId,
        accountId: 'ann',
        email: 'ann@example.org',
        passwordHash: 'x',
        createdAtSeconds: 1,
      });
      await dataSource
        .getRepository(UserEntity)
        .insert({ userId, name: 'Ann', histogram: toHistogramColumns([]) });
      for (const [movieId, halfStars] of [
        [10, 9],
        [20, 2],
        [30, 5],
      ] as const)
        await dataSource
          .getRepository(RatingEntity)
          .insert({ userId, movieId, halfStars, ratedAtSeconds: 7 });
      const marked = FIRST_ACCOUNT_USER_ID + 250_000_000;
      for (const [movieId, at] of [
        [10, 8],
        [20, 9],
        [30, 9],
      ] as const) {
        // A user of an app has no row in `user`.
        await dataSource
          .getRepository(DismissedMovieEntity)
          .insert({ userId: marked, movieId, dismissedAtSeconds: at });
        await dataSource.getRepository(WatchlistMovieEntity).insert({ userId, movieId, addedAtSeconds: at });
      }
      for (const owner of [userId, null])
        await dataSource.getRepository(TasteLinkEntity).insert({
          tokenHash: `hash of ${owner}`,
          linkId: `id of ${owner}`,
          userId: owner,
          name: null,
          ratings: owner === null ? '[[10,9]]' : null,
          createdAtSeconds: 7,
          expiresAtSeconds: 9,
        });
      for (const shown of [userId, marked, 1])
        await dataSource.getRepository(ExperimentExposureEntity).insert({
          experiment: 'some',
          userId: shown,
          day: 1,
          arm: 'one',
          modelVersion: null,
          shownAtSeconds: 1,
        });

      // 10 comes back by its IMDb id, 20 by title and year, 30 not at all.
      await put(
        {
          'movies.csv':
            'movieId,title,releaseYear,genres\n1,Creme Brulee & Co,2003,War\n2,Renamed,1990,War|Drama\n3,"Creme, Brulee & Co.",2004,War\n',
          'ratings.csv': 'userId,movieId,rating,timestamp\n1,2,3,1\n',
          'links.csv': 'movieId,imdbId,tmdbId\n2,0000123,\n',
        },
        true,
      );
      const own = await dataSource
        .getRepository(RatingEntity)
        .find({ where: { userId }, order: { movieId: 'ASC' } });
      expect(own).toEqual([
        { userId, movieId: 1, halfStars: 2, ratedAtSeconds: 7 },
        { userId, movieId: 2, halfStars: 9, ratedAtSeconds: 7 },
      ]);
      const movie = await dataSource.getRepository(MovieEntity).findOneByOrFail({ movieId: 2 });
      expect(movie).toMatchObject({
        ratingCount: 2,
        halfStarSum: 15,
        weightedRating: expect.closeTo(weightedRating(2, 15, 3)),
      });
      expect(histogramCounts(movie.histogram)).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 1, 0]);
      expect(await dataSource.getRepository(UserEntity).findOneBy({ userId })).toMatchObject({
        name: 'Ann',
        ratingCount: 2,
        halfStarSum: 11,
      });
      expect(
        await dataSource
          .getRepository(UserGenreEntity)
          .find({ where: { userId }, order: { genreId: 'ASC' } }),
      ).toEqual([
        { userId, genreId: 1, ratingCount: 1, halfStarSum: 9 },
        { userId, genreId: 2, ratingCount: 2, halfStarSum: 11 },
      ]);
      expect(await dataSource.getRepository(AccountEntity).count()).toBe(1);
      expect(
        await dataSource.getRepository(DismissedMovieEntity).find({ order: { movieId: 'ASC' } }),
      ).toEqual([
        { userId: marked, movieId: 1, dismissedAtSeconds: 9 },
        { userId: marked, movieId: 2, dismissedAtSeconds: 8 },
      ]);
      expect(
        await dataSource.getRepository(WatchlistMovieEntity).find({ order: { movieId: 'ASC' } }),
      ).toEqual([
        { userId, movieId: 1, addedAtSeconds: 9 },
        { userId, movieId: 2, addedAtSeconds: 8 },
      ]);
      // What visitors lent speaks of movies that are gone.
      expect((await dataSource.getRepository(TasteLinkEntity).find()).map((link) => link.userId)).toEqual([
        userId,
      ]);
      // Number 1 was a user of the data set that is gone.
      expect(
        (await dataSource.getRepository(ExperimentExposureEntity).find({ order: { userId: 'ASC' } })).map(
          (exposure) => exposure.userId,
        ),
      ).toEqual([userId, marked]);
    });

    it.each([['an empty database'], ['another data set']])(
      'leaves %s as it was when it fails half-way',
      async (state) => {
        if (state === 'another data set') await put(PLAIN_CSV);
        const before = await everything(database);
        await expect(put(OTHER_CSV, true, failingProgress())).rejects.toThrow('injected failure');
        expect(await everything(database)).toEqual(before);
      },
    );

    it('leaves what was there when the process is killed half-way', async () => {
      await put(PLAIN_CSV);
      const before = await everything(database);
      await database.close();
      const child = spawn(
        process.execPath,
        [
          '--import=tsx',
          '--conditions=@pocketrocket/source',
          'seeds/src/test/importAndHang.ts',
          room.options.url,
          room.options.sqliteEngine ?? '',
          writeFolder(OTHER_CSV),
        ],
        {
          cwd: resolve(import.meta.dirname, '../..'),
          env: { ...process.env, NODE_OPTIONS: '', TSX_TSCONFIG_PATH: 'tsconfig.base.json' },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      const [said] = (await once(child.stdout, 'data')) as [Buffer];
      expect(said.toString()).toBe('in the transaction\n');
      child.kill('SIGKILL');
      await once(child, 'exit');
      database = await openDatabase(room.options);
      expect(await everything(database)).toEqual(before);
      expect(await put(OTHER_CSV, true)).toMatchObject({ status: 'replaced' });
      await expectTidy(database);
    });
  });
}

for (const engine of ['mysql', 'mariadb'] as const) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`loading files into ${engine}`, () => {
    it('is done where it is allowed, else batches are inserted, with the same outcome and a line that says so', async () => {
      const folder = writeFolder({
        ...PLAIN_CSV,
        'movies.csv': `${PLAIN_CSV['movies.csv']}40,"Tab\there, back\\slash, \\N and “quotes”",1990,War\n`,
      });
      const outcomes = [];
      for (const [parameters, said] of [
        ['', []],
        ['?localInfile=false', [expect.stringContaining('by inserts')]],
      ] as const) {
        const room = await makeTestRoom(engine);
        const database = await openDatabase({ url: `${room.options.url}${parameters}` });
        const lines: string[] = [];
        const dataset = await readPath(folder);
        await importDataset(database, dataset, {
          replace: false,
          progress: silent,
          say: (line) => lines.push(line),
        });
        expect(lines).toEqual(said);
        outcomes.push(await everything(database));
        await expectTidy(database);
        await database.close();
        await room.drop();
      }
      const withoutTime = JSON.stringify(outcomes).replaceAll(/"importedAtSeconds":\d+/g, '');
      const [first, second] = JSON.parse(withoutTime.replaceAll(',}', '}')) as unknown[];
      expect(first).toEqual(second);
      expect(withoutTime).toContain('back\\\\slash');
    });
  });
}

/** No table, index or key is there that the entities do not describe, and none is missing. */
async function expectTidy({ dataSource, engine }: Database): Promise<void> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  expect(upQueries.map(({ query }) => query)).toEqual([]);
  if (engine !== 'mysql') return;
  const tables = await dataSource.query<{ name: string }[]>(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE '%\\_\\_%'",
  );
  expect(tables).toEqual([]);
}

function fail(): never {
  throw new Error('missing');
}
