import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AccountEntity,
  GenreEntity,
  MovieEntity,
  MovieGenreEntity,
  openDatabase,
  RatingEntity,
  toHistogramColumns,
  toSortTitle,
  weightedRating,
  type Database,
} from './index.ts';

const home = mkdtempSync(join(tmpdir(), 'pocketrocket-db-'));
const mysqlUrl = process.env['TEST_MYSQL_URL'];

const engines = [
  {
    name: 'better-sqlite3',
    options: { url: `sqlite:${join(home, 'native.sqlite')}`, sqliteEngine: 'better-sqlite3' },
  },
  {
    name: 'node-sqlite3-wasm',
    options: { url: `sqlite:${join(home, 'wasm.sqlite')}`, sqliteEngine: 'node-sqlite3-wasm' },
  },
  { name: 'mysql', options: { url: mysqlUrl ?? '' } },
] as const;

for (const { name, options } of engines) {
  const suite = name === 'mysql' && !mysqlUrl ? describe.skip : describe;
  suite(`the database on ${name}`, () => {
    let database: Database | undefined;
    const open = async () => (database ??= await openDatabase(options));
    afterEach(async () => {
      if (name === 'mysql') await database?.dataSource.dropDatabase();
      await database?.close();
      database = undefined;
      if (name !== 'mysql') rmSync(options.url.slice('sqlite:'.length), { force: true });
    });

    it('says which engine serves', async () => {
      expect((await open()).engine).toBe(name);
    });

    it('has migrations that build exactly what the entities describe', async () => {
      const { dataSource } = await open();
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    });

    it('undoes its migrations', async () => {
      const { dataSource } = await open();
      for (const _migration of dataSource.migrations) await dataSource.undoLastMigration();
      const runner = dataSource.createQueryRunner();
      expect(await runner.hasTable('movie')).toBe(false);
      await runner.release();
    });

    it('opens a database of the version before accounts, and keeps what it holds', async () => {
      const { dataSource } = await open();
      await dataSource.undoLastMigration();
      await dataSource
        .getRepository(RatingEntity)
        .insert({ userId: 1, movieId: 2, halfStars: 9, ratedAtSeconds: null });
      await expect(dataSource.getRepository(AccountEntity).count()).rejects.toThrow(/account/);
      await database?.close();
      database = undefined;
      const upgraded = (await open()).dataSource;
      expect(await upgraded.getRepository(RatingEntity).find()).toMatchObject([{ userId: 1, halfStars: 9 }]);
      const account = {
        userId: 1_000_000_000,
        email: 'ann@example.org',
        passwordHash: 'x',
        createdAtSeconds: 1,
      };
      await upgraded.getRepository(AccountEntity).insert(account);
      await expect(
        upgraded.getRepository(AccountEntity).insert({ ...account, userId: 1_000_000_001 }),
      ).rejects.toThrow(/unique|duplicate/i);
    });

    it('keeps a movie with all its genres, and reads it back', async () => {
      const { dataSource } = await open();
      await dataSource.getRepository(GenreEntity).save([
        { genreId: 1, name: 'Drama', movieCount: 1 },
        { genreId: 2, name: 'Film-Noir', movieCount: 1 },
      ]);
      await dataSource.getRepository(MovieEntity).save({
        movieId: 2_147_483_647,
        title: 'Amélie “小”',
        sortTitle: 'amelie',
        alternativeTitles: ['Le Fabuleux Destin'],
        releaseYear: null,
        posterUrl: null,
        ratingCount: 3,
        halfStarSum: 25,
        weightedRating: 3.75,
        histogram: toHistogramColumns([0, 0, 0, 0, 0, 0, 0, 1, 1, 1]),
      });
      await dataSource
        .getRepository(MovieGenreEntity)
        .insert([1, 2].map((genreId) => ({ movieId: 2_147_483_647, genreId })));
      const movie = await dataSource.getRepository(MovieEntity).findOneByOrFail({ movieId: 2_147_483_647 });
      expect(movie).toMatchObject({
        title: 'Amélie “小”',
        alternativeTitles: ['Le Fabuleux Destin'],
        weightedRating: 3.75,
      });
      const genres = await dataSource.getRepository(MovieGenreEntity).findBy({ movieId: movie.movieId });
      expect(genres.map(({ genreId }) => genreId).sort()).toEqual([1, 2]);
      expect(movie.histogram.stars50).toBe(1);
    });

    it('refuses a second rating by the same user of the same movie', async () => {
      const { dataSource } = await open();
      const ratings = dataSource.getRepository(RatingEntity);
      const rating = { userId: 1, movieId: 1, halfStars: 9, ratedAtSeconds: null };
      await ratings.insert(rating);
      await expect(ratings.insert(rating)).rejects.toThrow(/unique|duplicate/i);
    });

    it('runs transactions that begin at the same time, and rolls back the one that fails', async () => {
      const opened = await open();
      const results = await Promise.allSettled(
        [1, 2, 3, 4].map((movieId) =>
          opened.transaction(async (manager) => {
            await manager.insert(RatingEntity, { userId: 1, movieId, halfStars: 2, ratedAtSeconds: 5 });
            if (movieId === 3) throw new Error('no');
          }),
        ),
      );
      expect(results.map(({ status }) => status)).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'fulfilled',
      ]);
      const kept = await opened.dataSource.getRepository(RatingEntity).find({ order: { movieId: 'ASC' } });
      expect(kept.map(({ movieId }) => movieId)).toEqual([1, 2, 4]);
    });

    it('keeps what was written when opened again', async () => {
      const { dataSource } = await open();
      await dataSource.getRepository(GenreEntity).insert({ genreId: 7, name: 'War', movieCount: 0 });
      await database?.close();
      database = undefined;
      const again = await open();
      expect(await again.dataSource.getRepository(GenreEntity).countBy({ name: 'War' })).toBe(1);
    });
  });
}

describe('the WebAssembly SQLite', () => {
  it('opens a database whose lock a killed process left behind', async () => {
    const path = join(home, 'stale.sqlite');
    mkdirSync(`${path}.lock`);
    const database = await openDatabase({ url: `sqlite:${path}`, sqliteEngine: 'node-sqlite3-wasm' });
    expect(await database.dataSource.getRepository(GenreEntity).count()).toBe(0);
    await database.close();
  });
});

describe('openDatabase', () => {
  it('says what is wrong with a file that cannot be opened', async () => {
    await expect(openDatabase({ url: 'sqlite:/dev/null/x/y.sqlite' })).rejects.toMatchObject({
      code: 'ENVIRONMENT',
    });
  });
});

describe('weightedRating', () => {
  it('is the mean of the data set without ratings and nears the own mean with many', () => {
    expect(weightedRating(0, 0, 3.5)).toBe(3.5);
    expect(weightedRating(20, 200, 3)).toBe(4);
    expect(weightedRating(1, 10, 3.5)).toBeCloseTo((5 + 70) / 21);
  });
});

describe('toSortTitle', () => {
  it.each([
    ['The Usual Suspects', 'usual suspects'],
    ['Amélie', 'amelie'],
    ['A Bout de Souffle', 'bout de souffle'],
    ['The', 'the'],
    ['WALL·E', 'wall e'],
    ['…', '…'],
  ])('%s', (title, expected) => expect(toSortTitle(title)).toBe(expected));
});
