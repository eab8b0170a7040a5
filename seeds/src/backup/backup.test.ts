import { existsSync, mkdtempSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { publishArtifact, publishVersion, readArtifact, servingOrder } from '@pocketrocket/model/artifact';
import {
  AppEntity,
  databaseUrlProblems,
  inspectDatabase,
  openDatabase,
  placesOf,
  TABLE_NAMES,
  upsertOverlayMovies,
  type Database,
} from '@pocketrocket/schema/database';
import { claimUse, createProgress, readConfig, type Config } from '@pocketrocket/runtime';
import {
  canTestOn,
  makeTestRoom,
  TEST_ENGINES,
  type TestEngine,
  type TestRoom,
  until,
} from '@pocketrocket/testing';
import { pack } from 'tar-stream';
import { backUp } from './backup.ts';
import { restore } from './restore.ts';
import { moveAside } from './tablesAside.ts';

const NOW = new Date('2026-01-02T03:04:05.000Z');
const progress = createProgress(process.stderr, 'none');
const engines = TEST_ENGINES.filter(canTestOn);

/** An installation of a test's own. */
interface Installation {
  config: Config;
  room: TestRoom;
  open: () => Promise<Database>;
}

let folder: string;
let rooms: TestRoom[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pocketrocket-backup-'));
});
afterEach(async () => {
  for (const room of rooms) await room.drop();
  rooms = [];
  await rm(folder, { recursive: true, force: true });
});

async function newInstallation(engine: TestEngine, name: string): Promise<Installation> {
  const room = await makeTestRoom(engine);
  rooms.push(room);
  const config = readConfig(
    { POCKETROCKET_HOME: join(folder, name), DATABASE_URL: room.options.url },
    databaseUrlProblems,
  );
  return { config, room, open: () => openDatabase(room.options) };
}

/** A few movies with odd titles, an account, ratings, and two versions of a model, the older one published. */
async function fill({ config, open }: Installation, numRatings = 300): Promise<void> {
  const database = await open();
  const query = (sql: string, values: unknown[] = []) => database.dataSource.query(sql, values);
  const titles = ['Plain', 'Quote \' and " and \\', 'Été 日本 🎬', 'New\nline, NULL'];
  for (const [index, title] of titles.entries()) {
    const values = [
      index + 1,
      title,
      title.toLowerCase(),
      '[]',
      index === 0 ? null : 1990 + index,
      3.25 + index / 7,
    ];
    await query(
      'INSERT INTO movie (movieId, title, sortTitle, alternativeTitles, releaseYear, weightedRating) VALUES (?, ?, ?, ?, ?, ?)',
      values,
    );
  }
  await query("INSERT INTO genre (genreId, name) VALUES (1, 'Drama')");
  await query('INSERT INTO movie_genre (movieId, genreId) VALUES (1, 1), (3, 1)');
  await query("INSERT INTO movie_tag (movieId, place, tag, tagCount) VALUES (3, 1, 'été 🎬', 4)");
  await query("INSERT INTO `user` (userId, name) VALUES (1, 'One'), (1000000000, 'Ada')");
  await query(
    "INSERT INTO account (userId, accountId, email, passwordHash, createdAtSeconds) VALUES (1000000000, 'ada', 'ada@example.org', '$argon2id$x', 5)",
  );
  await query(
    "INSERT INTO user_external_id (namespace, externalId, userId) VALUES ('dataset', 'été 🎬', 1500000000)",
  );
  await query(
    "INSERT INTO movie_external_id (namespace, externalId, movieId) VALUES ('dataset', 'tt1', 1500000001)",
  );
  await database.dataSource
    .getRepository(AppEntity)
    .insert({ appId: 'app000000001', name: 'été 🎬', sharesUsers: 0, createdAtSeconds: 1 });
  await query(
    "INSERT INTO app_user (userId, appId, externalId, createdAtSeconds) VALUES (1250000000, 'app000000001', 'ann', 1)",
  );
  await query(
    'INSERT INTO app_rating (userId, movieId, halfStars, ratedAtSeconds) VALUES (1250000000, 2, 9, 5)',
  );
  await query(
    'INSERT INTO hidden_rating (userId, movieId, halfStars, ratedAtSeconds) VALUES (1000000000, 2000000005, 9, NULL)',
  );
  await query(
    "INSERT INTO taste_link (tokenHash, linkId, userId, name, ratings, createdAtSeconds, expiresAtSeconds) VALUES ('hash', 'link', NULL, 'été 🎬', '[[1,9]]', 1, 2)",
  );
  const film = {
    ...{
      externalId: 'x',
      title: 'Été\n🎬',
      alternativeTitles: ['Quote "'],
      releaseYear: null,
      genres: ['Drama'],
    },
    ...{ posterUrl: null, overview: 'Two\nlines', imdbId: 7, tmdbId: null },
  };
  for (let userId = 1; userId <= numRatings; userId++)
    await query('INSERT INTO rating (userId, movieId, halfStars, ratedAtSeconds) VALUES (?, ?, ?, ?)', [
      userId,
      1 + (userId % 4),
      1 + (userId % 10),
      userId % 3 === 0 ? null : userId,
    ]);
  await query(
    "INSERT INTO dataset (datasetId, name, identity, synthetic, movieCount, userCount, ratingCount, genreCount, meanRating, importedAtSeconds) VALUES (1, 'tiny', 'sha256:1', true, 4, 1, ?, 1, 3.1234567890123, 7)",
    [numRatings],
  );
  await database.transaction((manager) => upsertOverlayMovies(manager, 'app:app000000001', [film], 1));
  await database.close();
  for (const value of [1, 2])
    await publishArtifact(
      config.modelDir,
      {
        createdAt: NOW.toISOString(),
        recipe: 'quick',
        seed: value,
        dataset: { name: 'tiny', identity: 'sha256:1', synthetic: true },
        counts: { users: 1, items: 4, interactions: numRatings },
        algorithms: {},
        serving: {},
        evaluation: { protocol: 'last-out-sampled', seed: 1, users: 1, models: {} },
      },
      {
        itemIds: { shape: [4], data: new Int32Array([1, 2, 3, 4]) },
        v: { shape: [2], data: new Float32Array([value, -0.5]) },
      },
      [{ path: 'saved_model.pb', bytes: new Uint8Array([0, 255, value]) }],
    );
  await publishVersion(config.modelDir, 1, NOW);
  await writeFile(join(config.home, 'jwt-secret'), 'the secret of this home', { mode: 0o600 });
}

/** All rows of all tables, and every model, in an order of its own. */
async function contentOf({ config, open }: Installation): Promise<Record<string, unknown>> {
  const database = await open();
  const content: Record<string, unknown> = {};
  for (const table of TABLE_NAMES) {
    const rows: object[] = await database.dataSource.query(`SELECT * FROM \`${table}\``);
    content[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  await database.close();
  const order = await servingOrder(config.modelDir);
  return {
    ...content,
    order,
    models: await Promise.all(order.map((version) => readArtifact(config.modelDir, version))),
  };
}

const backupOf = (from: Installation, options: { withSecret?: boolean; name?: string } = {}) =>
  backUp(
    from.config,
    {
      out: join(folder, options.name ?? 'a.backup'),
      withSecret: options.withSecret ?? false,
      sqliteEngine: from.room.options.sqliteEngine,
    },
    progress,
    NOW,
  );
const restoreTo = (to: Installation, replace = false, name = 'a.backup') =>
  restore(
    to.config,
    { file: join(folder, name), replace, sqliteEngine: to.room.options.sqliteEngine },
    progress,
  );

describe.each(engines)('a backup of %s', (from) => {
  it.each(engines)('restored on %s has all that was there', async (to) => {
    const source = await newInstallation(from, 'source');
    await fill(source);
    const report = await backupOf(source);
    expect(report).toMatchObject({ dataset: 'tiny', modelVersions: [2, 1], secret: false });
    expect(report.rows).toMatchObject({ movie: 5, overlay_movie: 1, rating: 300, account: 1, dataset: 1 });
    const target = await newInstallation(to, 'target');
    expect(await restoreTo(target)).toMatchObject({
      dataset: 'tiny',
      modelVersions: [2, 1],
      rows: 325,
      createdAt: NOW.toISOString(),
    });
    expect(await contentOf(target)).toEqual(await contentOf(source));
    expect(existsSync(join(target.config.home, 'jwt-secret'))).toBe(false);
    expect(await readFile(join(target.config.modelDir, 'recmodel', '2', 'saved_model.pb'))).toEqual(
      Buffer.from([0, 255, 2]),
    );
    // What stood in the way while it was made is gone.
    expect((await readdir(folder)).filter((name) => name.startsWith('a.backup'))).toEqual(['a.backup']);
  });

  it('is of one moment, whatever is written meanwhile', async () => {
    const source = await newInstallation(from, 'source');
    await fill(source, 30);
    const writer = await source.open();
    let isDone = false;
    let numWritten = 0;
    const writing = (async () => {
      for (let movieId = 100; !isDone; movieId++) {
        await writer.transaction(async (manager) => {
          // Both or neither: a backup that holds one of them was not of one moment.
          await manager.query('INSERT INTO rating (userId, movieId, halfStars) VALUES (1, ?, 5)', [movieId]);
          await manager.query('UPDATE `user` SET ratingCount = ratingCount + 1 WHERE userId = 1');
        });
        numWritten++;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    })();
    try {
      for (const name of ['1.backup', '2.backup', '3.backup']) {
        await backupOf(source, { name });
        const before = numWritten;
        await until('more is written', () => numWritten > before);
      }
    } finally {
      isDone = true;
      await writing;
      await writer.close();
    }
    expect(numWritten).toBeGreaterThan(3);
    const counts: number[] = [];
    for (const name of ['1.backup', '2.backup', '3.backup']) {
      const target = await newInstallation('node-sqlite', `target-${name}`);
      await restoreTo(target, false, name);
      const database = await target.open();
      const numberOf = async (sql: string) =>
        Number((await database.dataSource.query<{ number: number }[]>(sql))[0]?.number);
      const ratings = await numberOf('SELECT COUNT(*) AS number FROM rating WHERE movieId >= 100');
      expect(await numberOf('SELECT ratingCount AS number FROM `user` WHERE userId = 1')).toBe(ratings);
      await database.close();
      counts.push(ratings);
    }
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts[2]).toBeGreaterThan(counts[0] ?? 0);
  });

  it('is put in the place of other data only where asked to', async () => {
    const source = await newInstallation(from, 'source');
    await fill(source, 20);
    await backupOf(source, { withSecret: true });
    const before = await contentOf(source);
    const database = await source.open();
    await database.dataSource.query('DELETE FROM rating');
    await database.close();
    await publishVersion(source.config.modelDir, 2, NOW);
    await expect(restoreTo(source)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(
        /there is the data set tiny \(4 movies, 1 user, 20 ratings\), and 1 account with 0 ratings, and 1 app with 1 user and 1 movie, and 2 versions of the model \(2, 1\)/,
      ),
    });
    await writeFile(join(source.config.home, 'jwt-secret'), 'another');
    expect(await restoreTo(source, true)).toMatchObject({ secret: true });
    expect(await contentOf(source)).toEqual(before);
    expect(await readFile(join(source.config.home, 'jwt-secret'), 'utf8')).toBe('the secret of this home');
  });
});

// One of each kind: they differ by dialect alone.
describe.each(engines.filter((engine) => engine === 'node-sqlite' || engine === 'mysql'))(
  'a restore on %s',
  (to) => {
    it('is refused beside whoever uses what it replaces, who loses nothing', async () => {
      const source = await newInstallation(to, 'source');
      await fill(source, 20);
      await backupOf(source);
      const before = await contentOf(source);
      const server = isServer(to) ? await source.open() : null;
      const release = isServer(to) ? () => {} : claimUse(placesOf(source.config), { purpose: 'server' });
      await expect(restoreTo(source, true)).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('nothing was changed'),
      });
      release();
      await server?.close();
      expect(await contentOf(source)).toEqual(before);
    }, 30_000);

    it('that fails half-way leaves all as it was', async () => {
      await makeBadBackup();
      const target = await newInstallation(to, 'target');
      await fill(target, 10);
      const before = await contentOf(target);
      const keys = await foreignKeysOf(target);
      await expect(restoreTo(target, true)).rejects.toThrow(/genre|UNIQUE|Duplicate/);
      expect(await contentOf(target)).toEqual(before);
      expect(await foreignKeysOf(target)).toEqual(keys);
    }, 30_000);
  },
);

it('a restore removes what killed ones have left, and puts models back that one had moved aside', async () => {
  const source = await newInstallation('node-sqlite', 'source');
  await fill(source, 20);
  await makeBadBackup();
  const { modelDir, home } = source.config;
  const before = await contentOf(source);
  const file = placesOf(source.config)[0]?.replace(/\.in-use$/, '') ?? '';
  for (const left of [`${file}.restoring-1`, `${file}.restoring-1-wal`]) await writeFile(left, 'half');
  await mkdir(join(modelDir, 'recmodel.restoring-1', '3'), { recursive: true });
  await rename(join(modelDir, 'recmodel'), join(modelDir, 'recmodel.replaced-1'));
  await expect(restoreTo(source, true)).rejects.toThrow(/genre|UNIQUE/);
  expect(await contentOf(source)).toEqual(before);
  const names = [...(await readdir(dirname(file))), ...(await readdir(modelDir)), ...(await readdir(home))];
  expect(names.filter((name) => /restoring|replaced/.test(name))).toEqual([]);
}, 30_000);

const servers = engines.filter(isServer);
const describeOnServers = servers.length === 0 ? describe.skip : describe;
describeOnServers('a restore that was killed', () => {
  it.each(servers)(
    'on %s is undone by the next, before that begins',
    async (engine) => {
      await makeBadBackup();
      const target = await newInstallation(engine, 'target');
      await fill(target, 10);
      const before = await contentOf(target);
      const keys = await foreignKeysOf(target);
      expect(keys.length).toBeGreaterThan(2);
      const killed = await inspectDatabase({ url: target.config.databaseUrl });
      if (killed) await moveAside(killed);
      await killed?.close();
      // What the killed one had made in the place of the tables.
      await (await target.open()).close();
      expect(await contentOf(target)).not.toEqual(before);
      await expect(restoreTo(target, true)).rejects.toThrow(/genre|Duplicate/);
      expect(await contentOf(target)).toEqual(before);
      expect(await foreignKeysOf(target)).toEqual(keys);
    },
    30_000,
  );
});

/** A backup whose file is whole, and whose rows no database takes: two genres of one number. */
async function makeBadBackup(): Promise<void> {
  const source = await newInstallation('node-sqlite', 'bad');
  await fill(source, 20);
  const database = await source.open();
  for (const sql of [
    'PRAGMA foreign_keys = OFF',
    'DROP TABLE genre',
    'CREATE TABLE genre (genreId int, name text, movieCount int)',
    "INSERT INTO genre VALUES (1, 'A', 0), (1, 'B', 0)",
  ])
    await database.dataSource.query(sql);
  await database.close();
  await backupOf(source);
}

function isServer(engine: TestEngine): boolean {
  return engine === 'mysql' || engine === 'mariadb';
}

/** Names of the foreign keys with their tables; none on SQLite, where they go with the file. */
async function foreignKeysOf({ config }: Installation): Promise<unknown[]> {
  const inspection = await inspectDatabase({ url: config.databaseUrl });
  const keys =
    inspection?.dialect.name === 'mysql'
      ? await inspection.query(
          'SELECT TABLE_NAME, CONSTRAINT_NAME, REFERENCED_TABLE_NAME, DELETE_RULE FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE() ORDER BY 1, 2',
        )
      : [];
  await inspection?.close();
  return keys.map((key) => ({ ...(key as object) }));
}

describe('a backup', () => {
  it('is refused where it is damaged, cut off, of another kind or not there, and nothing changes', async () => {
    const source = await newInstallation('node-sqlite', 'source');
    await fill(source, 20);
    const { file } = await backupOf(source);
    const before = await contentOf(source);
    const whole = await readFile(file);
    const refused = async (what: RegExp) => {
      await expect(restoreTo(source, true)).rejects.toMatchObject({ message: expect.stringMatching(what) });
      expect(await contentOf(source)).toEqual(before);
    };
    await truncate(file, Math.floor(whole.length / 2));
    await refused(/is not a backup, or is incomplete/);
    const { gunzipSync, gzipSync } = await import('node:zlib');
    const bytes = gunzipSync(whole);
    bytes[bytes.indexOf('ada@example.org')] = 'A'.charCodeAt(0);
    await writeFile(file, gzipSync(bytes));
    await refused(/is damaged: the checksum of database\/account\/000001\.jsonl does not match/);
    await writeFile(file, 'a letter to my mother');
    await refused(/is not a backup, or is incomplete/);
    const ofPhotos = pack();
    ofPhotos.entry({ name: 'holiday.jpg' }, 'a beach');
    for (const archive of [ofPhotos, pack()]) {
      archive.finalize();
      await writeFile(file, gzipSync(await buffer(archive)));
      await refused(/is not a backup$/);
    }
    await rm(file);
    await refused(/there is no file/);
  });

  it('is not written over another file, and not half where it cannot be written', async () => {
    const source = await newInstallation('node-sqlite', 'source');
    await fill(source, 20);
    await backupOf(source);
    await expect(backupOf(source)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(backupOf(source, { name: 'no/such/folder.backup' })).rejects.toMatchObject({
      code: 'ENVIRONMENT',
    });
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining([expect.stringContaining('partial')]));
  });

  it('gets a name once where two are made at once', async () => {
    const source = await newInstallation('node-sqlite', 'source');
    await fill(source, 20);
    const outcomes = await Promise.allSettled([backupOf(source), backupOf(source)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'BAD_USER_INPUT', message: expect.stringContaining('exists already') },
    });
    expect(await readdir(folder)).toEqual(expect.not.arrayContaining([expect.stringContaining('partial')]));
  });

  it('of an earlier release is made without changing its tables, and brought up to date when restored', async () => {
    const source = await newInstallation('node-sqlite', 'source');
    const old = await openDatabase({ ...source.room.options, migrations: ['Initial1700000000000'] });
    await old.dataSource.query("INSERT INTO genre (genreId, name) VALUES (1, 'Drama')");
    await old.close();
    const { rows } = await backupOf(source);
    expect(rows).not.toHaveProperty('account');
    const target = await newInstallation('node-sqlite3-wasm', 'target');
    await restoreTo(target);
    const database = await target.open();
    expect(await database.dataSource.query('SELECT COUNT(*) AS accounts FROM account')).toEqual([
      { accounts: 0 },
    ]);
    expect(await database.dataSource.query('SELECT name FROM genre')).toEqual([{ name: 'Drama' }]);
    await database.close();
  });

  it('of nothing says so', async () => {
    const source = await newInstallation('node-sqlite', 'source');
    await mkdir(source.config.home, { recursive: true });
    await expect(backupOf(source)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
