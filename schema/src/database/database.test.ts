import { afterEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { PoolConnection } from 'mysql2';
import { createConnection } from 'mysql2/promise';
import {
  AccountEntity,
  asUnavailable,
  GenreEntity,
  MIGRATIONS,
  MovieEntity,
  MovieGenreEntity,
  openDatabase,
  RatingEntity,
  toHistogramColumns,
  toSortTitle,
  weightedRating,
  type Database,
} from './index.ts';
import { Collation1700000000002 } from './migrations/1700000000002-collation.ts';
import { AccountLife1700000000004 } from './migrations/1700000000004-account-life.ts';
import {
  canTestOn,
  makeTestRoom,
  openTcpProxy,
  TEST_ENGINES,
  testServerUrl,
  type TestRoom,
} from '@pocketrocket/testing';

const ROOT = resolve(import.meta.dirname, '../../..');
const OPENER = 'schema/src/database/test/openDatabase.ts';
const runNode = (args: string[], options: { cwd: string; env: NodeJS.ProcessEnv }) =>
  promisify(execFile)(process.execPath, args, options);

const home = mkdtempSync(join(tmpdir(), 'pocketrocket-db-'));

for (const engine of TEST_ENGINES) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`the database on ${engine}`, () => {
    let room: TestRoom | undefined;
    let database: Database | undefined;
    const open = async () => (database ??= await openDatabase((room ??= await makeTestRoom(engine)).options));
    afterEach(async () => {
      await database?.close();
      await room?.drop();
      database = room = undefined;
    });

    it('says which engine serves', async () => {
      expect((await open()).engine).toBe(engine === 'mariadb' ? 'mysql' : engine);
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

    it.each(MIGRATIONS.map(({ name }, numApplied) => ({ name, numApplied })))(
      'opens a database of the version before $name, and keeps what it holds',
      async ({ numApplied }) => {
        const { dataSource } = await open();
        for (let left = MIGRATIONS.length; left > numApplied; left--) await dataSource.undoLastMigration();
        if (numApplied > 0)
          await dataSource.query('INSERT INTO rating (userId, movieId, halfStars) VALUES (1, 2, 9)');
        const hasAccounts = numApplied > 1 && numApplied <= MIGRATIONS.indexOf(AccountLife1700000000004);
        for (const userId of hasAccounts ? [7, 8] : [])
          await dataSource.query(
            "INSERT INTO account (userId, email, passwordHash, createdAtSeconds) VALUES (?, ?, 'x', 1)",
            [userId, `${userId}@example.org`],
          );
        await database?.close();
        database = undefined;
        const upgraded = (await open()).dataSource;
        const { upQueries } = await upgraded.driver.createSchemaBuilder().log();
        expect(upQueries.map(({ query }) => query)).toEqual([]);
        expect(await upgraded.getRepository(RatingEntity).find()).toMatchObject(
          numApplied > 0 ? [{ userId: 1, halfStars: 9 }] : [],
        );
        const known = await upgraded.getRepository(AccountEntity).find();
        expect(known).toHaveLength(hasAccounts ? 2 : 0);
        expect(new Set(known.map(({ accountId }) => accountId)).size).toBe(known.length);
        for (const one of known)
          expect(one).toMatchObject({
            accountId: expect.stringMatching(/^[\w-]{22}$/),
            role: 'user',
            sharesRatings: 0,
            emailConfirmedAtSeconds: null,
          });
        const account = {
          userId: 1_000_000_000,
          accountId: 'one',
          email: 'ann@example.org',
          passwordHash: 'x',
          createdAtSeconds: 1,
        };
        await upgraded.getRepository(AccountEntity).insert(account);
        await expect(
          upgraded
            .getRepository(AccountEntity)
            .insert({ ...account, accountId: 'another', userId: 1_000_000_001 }),
        ).rejects.toThrow(/unique|duplicate/i);
      },
    );

    it('is brought up to date by one of several processes that start at once', async () => {
      room = await makeTestRoom(engine);
      const { url, sqliteEngine = '' } = room.options;
      const outputs = await Promise.all(
        Array.from({ length: 3 }, () =>
          runNode(['--import=tsx', '--conditions=@pocketrocket/source', OPENER, url, sqliteEngine], {
            cwd: ROOT,
            env: { ...process.env, NODE_OPTIONS: '', TSX_TSCONFIG_PATH: 'tsconfig.base.json' },
          }),
        ),
      );
      expect(outputs.map(({ stdout }) => stdout)).toEqual(Array(3).fill(`${MIGRATIONS.length}\n`));
      const { dataSource } = await open();
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    }, 60_000);

    it('compares and sorts text by code point', async () => {
      const { dataSource } = await open();
      const genres = dataSource.getRepository(GenreEntity);
      const names = ['Zebra', 'drama', 'Drama', 'dràma', 'drama 2'];
      await genres.insert(names.map((name, index) => ({ genreId: index + 1, name, movieCount: 0 })));
      const inOrder = await genres.find({ order: { name: 'ASC' } });
      expect(inOrder.map(({ name }) => name)).toEqual(['Drama', 'Zebra', 'drama', 'drama 2', 'dràma']);
      expect(await genres.countBy({ name: 'DRAMA' })).toBe(0);
      expect(await genres.countBy({ name: 'dràma' })).toBe(1);
      const literals = await dataSource.query<{ equal: number | string }[]>("SELECT 'a' = 'A' AS equal");
      expect(Number(literals[0]?.equal)).toBe(0);
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

for (const engine of ['mysql', 'mariadb'] as const) {
  const suite = canTestOn(engine) ? describe : describe.skip;
  suite(`a connection to ${engine}`, () => {
    let room: TestRoom | undefined;
    afterEach(async () => {
      await room?.drop();
      room = undefined;
    });
    const openWith = async (parameters: string, limitStatements = true) => {
      room ??= await makeTestRoom(engine);
      const statementTimeoutMs = limitStatements ? 60_000 : undefined;
      return openDatabase({ url: `${room.options.url}?${parameters}`, statementTimeoutMs });
    };

    it('turns all text of an older database to the one collation', async () => {
      room = await makeTestRoom(engine, 'CHARACTER SET latin1');
      const database = await openWith('');
      const older = MIGRATIONS.slice(MIGRATIONS.indexOf(Collation1700000000002));
      for (const _migration of older) await database.dataSource.undoLastMigration();
      await database.dataSource.query('ALTER TABLE movie CONVERT TO CHARACTER SET latin1');
      await database.close();
      const again = await openWith('');
      const columns = await again.dataSource.query<{ collation: string; type: string }[]>(
        `SELECT DISTINCT COLLATION_NAME AS collation FROM information_schema.COLUMNS
         WHERE TABLE_SCHEMA = DATABASE() AND COLLATION_NAME IS NOT NULL AND TABLE_NAME <> 'migrations'`,
      );
      expect(columns).toEqual([{ collation: 'utf8mb4_bin' }]);
      const { upQueries } = await again.dataSource.driver.createSchemaBuilder().log();
      expect(upQueries).toEqual([]);
      await again.close();
    });

    it('is not waited for longer than acquireTimeoutMs, and serves again once one is free', async () => {
      // What is created at first may take longer.
      await (await openWith('')).close();
      const database = await openWith('connectionLimit=1&acquireTimeoutMs=300');
      const held = database.dataSource.createQueryRunner();
      await held.query('SELECT 1');
      await expect(database.dataSource.query('SELECT 2')).rejects.toMatchObject({
        code: 'UPSTREAM_UNAVAILABLE',
      });
      await held.release();
      expect(await database.dataSource.query('SELECT 3 AS three')).toMatchObject([
        { three: expect.anything() },
      ]);
      await database.close();
    });

    it('ends a statement after queryTimeoutMs, and the next one gets a sound connection', async () => {
      await (await openWith('')).close();
      const database = await openWith('connectionLimit=1&queryTimeoutMs=500');
      const endless = database.dataSource.query(
        'SELECT COUNT(*) FROM information_schema.COLUMNS a, information_schema.COLUMNS b, information_schema.COLUMNS c WHERE SLEEP(0.01) = 0',
      );
      const error: unknown = await endless.catch((thrown: unknown) => asUnavailable(thrown));
      expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      expect(await database.dataSource.query('SELECT 3 AS three')).toMatchObject([
        { three: expect.anything() },
      ]);
      await database.close();
    });

    it('that the network forgot in a transaction keeps no locks', async () => {
      const database = await openWith('');
      const network = await openTcpProxy(room?.options.url ?? '');
      const gone = await openDatabase({
        url: `${network.url}?queryTimeoutMs=2000`,
        statementTimeoutMs: 60_000,
      });
      const genre = { genreId: 1, name: 'Genre', movieCount: 0 };
      if (engine === 'mysql') {
        // All that MySQL can do by itself: it knows no limit for transactions.
        const [row] = await gone.dataSource.query<{ seconds: unknown }[]>(
          'SELECT @@SESSION.wait_timeout AS seconds',
        );
        expect(Number(row?.seconds)).toBe(600);
      } else {
        const lost = gone.transaction(async (manager) => {
          await manager.insert(GenreEntity, genre);
          network.set({ mode: 'forget' });
          await manager.query('SELECT 1');
        });
        await expect(lost).rejects.toThrow();
        await database.dataSource.getRepository(GenreEntity).insert(genre);
      }
      await gone.close();
      await network.close();
      await database.close();
    });

    it('that was closed by the server is replaced, and its loss is UPSTREAM_UNAVAILABLE', async () => {
      const database = await openWith('connectionLimit=2');
      const administrator = await createConnection(room?.options.url ?? '');
      const idOf = async () =>
        Number((await database.dataSource.query<{ id: number }[]>('SELECT CONNECTION_ID() AS id'))[0]?.id);
      // Idle, and told of its end.
      const runner = database.dataSource.createQueryRunner();
      const idle = (await runner.connect()) as PoolConnection;
      const told = new Promise((resolve) => idle.once('end', resolve).once('error', resolve));
      await runner.release();
      await administrator.query(`KILL ${idle.threadId}`);
      await told;
      expect(await idOf()).toBeGreaterThan(0);
      // In a transaction.
      const transaction = database.transaction(async (manager) => {
        const [row] = await manager.query<{ id: number }[]>('SELECT CONNECTION_ID() AS id');
        await administrator.query(`KILL ${row?.id}`);
        await manager.query('SELECT 1');
      });
      const error: unknown = await transaction.catch((thrown: unknown) => asUnavailable(thrown));
      expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
      expect(await idOf()).toBeGreaterThan(0);
      await administrator.end();
      await database.close();
    });
  });
}

it('says that a server which is not there is UPSTREAM_UNAVAILABLE', async () => {
  await expect(openDatabase({ url: 'mysql://nobody@127.0.0.1:1/none' })).rejects.toMatchObject({
    code: 'UPSTREAM_UNAVAILABLE',
  });
});

it.each([
  ['mysql://host', 'must name a host and a database'],
  [
    'mysql://u@host/db?conectionLimit=3',
    'has no parameter conectionLimit; those that exist are connectionLimit,',
  ],
  ['mysql://u@host/db?ssl-mode=maybe', 'ssl-mode: must be one of'],
  ['mysql://u@host/db?ssl-ca=/x', 'ssl-mode: must be set'],
  ['mysql://u@host/db?connectionLimit=0', 'connectionLimit'],
])('refuses %s', async (url, message) => {
  await expect(openDatabase({ url })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    message: expect.stringContaining(message),
  });
});

(testServerUrl('mysql') ? it : it.skip)(
  'speaks TLS where the URL asks for it, and refuses who is not who it says',
  async () => {
    const room = await makeTestRoom('mysql');
    const database = await openDatabase({ url: `${room.options.url}?ssl-mode=REQUIRED` });
    const [status] = await database.dataSource.query<{ Value: string }[]>("SHOW STATUS LIKE 'Ssl_cipher'");
    expect(status?.Value).toMatch(/TLS|AES|CHACHA/);
    await database.close();
    // The server signs for itself, which nobody vouches for.
    await expect(openDatabase({ url: `${room.options.url}?ssl-mode=VERIFY_CA` })).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    await room.drop();
  },
);

describe('the WebAssembly SQLite', () => {
  it('opens a database whose lock a killed process left behind', async () => {
    const path = join(home, 'stale.sqlite');
    mkdirSync(`${path}.lock`);
    const database = await openDatabase({ url: `sqlite:${path}`, sqliteEngine: 'node-sqlite3-wasm' });
    expect(await database.dataSource.getRepository(GenreEntity).count()).toBe(0);
    await database.close();
  });
});

describe('two SQLites in turns on one file', () => {
  it('read what the other wrote; what is still in the log of the native one is not passed over', async () => {
    const url = `sqlite:${join(mkdtempSync(join(tmpdir(), 'pocketrocket-turns-')), 'turns.sqlite')}`;
    const names: string[] = [];
    for (const [index, sqliteEngine] of (
      ['node-sqlite', 'node-sqlite3-wasm', 'node-sqlite', 'node-sqlite3-wasm'] as const
    ).entries()) {
      const database = await openDatabase({ url, sqliteEngine });
      const genres = database.dataSource.getRepository(GenreEntity);
      expect((await genres.find({ order: { genreId: 'ASC' } })).map(({ name }) => name)).toEqual(names);
      names.push(`genre ${index}`);
      await genres.insert({ genreId: index + 1, name: `genre ${index}` });
      await database.close();
    }
    const native = await openDatabase({ url, sqliteEngine: 'node-sqlite' });
    await native.dataSource.getRepository(GenreEntity).insert({ genreId: 9, name: 'in the log' });
    await expect(openDatabase({ url, sqliteEngine: 'node-sqlite3-wasm' })).rejects.toThrow(
      'has a write-ahead log',
    );
    await native.close();
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
