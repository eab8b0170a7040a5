import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { publishArtifact, versionDir } from '@pocketrocket/model/artifact';
import { openDatabase } from '@pocketrocket/schema/database';
import { RedisLink, RedisModelStore } from '@pocketrocket/model/redis';
import {
  PrivateRedis,
  TEST_REDIS_URL,
  canTestOn,
  makeTestRoom,
  openTmdbDouble,
  ownModelName,
} from '@pocketrocket/testing';
import { silentLogger } from '../test/api.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { toArtifact } from '../test/publish.ts';
import { examine, toText } from './doctor.ts';

const STRONG = 'k3Zq9XwL2rT8bVn5sYd7fHg1pQ4mJc6E';

let home: string;
let env: Record<string, string>;
const servers: Server[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'pocketrocket-doctor-'));
  env = { POCKETROCKET_HOME: home, PORT: '0' };
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await rm(home, { recursive: true, force: true });
});

/** Lists the findings that are not in order, as `status part: message`. */
async function complaints(more: Record<string, string> = {}, nodeVersion = '20.20.2'): Promise<string[]> {
  const findings = await examine({ ...env, ...more }, nodeVersion);
  const wrong = findings.filter(
    ({ status, message }) => status !== 'ok' && !message.startsWith('in WebAssembly'),
  );
  // Whoever is told of a failure is told what to do.
  for (const { status, advice, message } of wrong)
    if (status === 'fail') expect([message, advice]).toEqual([message, expect.any(String)]);
  return wrong.map(({ part, status, message }) => `${status} ${part}: ${message}`);
}

/** A home with data and, if asked for, a model of it. */
async function fill(options: { model: boolean }): Promise<void> {
  const fixture = makeFixture();
  const database = await openDatabase({ url: `sqlite:${join(home, 'pocketrocket.sqlite')}` });
  await fillDatabase(database, fixture);
  await database.close();
  if (!options.model) return;
  const { draft, tensors } = toArtifact(makeModel(fixture));
  await publishArtifact(join(home, 'models'), draft, tensors);
}

/** Changes the embedded database by hand. */
async function onDatabase(sql: string): Promise<void> {
  const database = await openDatabase({ url: `sqlite:${join(home, 'pocketrocket.sqlite')}` });
  await database.dataSource.query(sql);
  await database.close();
}

/** An HTTP server that answers everything alike. */
async function answering(status: number, body: unknown): Promise<{ origin: string; port: string }> {
  const server = createServer((_, res) => res.writeHead(status).end(JSON.stringify(body))).listen(
    0,
    '127.0.0.1',
  );
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port: String(port) };
}

describe('the doctor', () => {
  it('finds nothing wrong where all is well, and says what serves', async () => {
    await fill({ model: true });
    expect(await complaints()).toEqual([]);
    const text = toText(await examine(env, '20.20.2'));
    expect(text).toMatch(/^ok {4}database {4}fixture: 120 movies, [\d,]+ ratings$/m);
    expect(text).toMatch(/^ok {4}models {6}1 in .*; version 1 serves$/m);
  });

  it('says what a home is still to get', async () => {
    expect(await complaints()).toEqual([
      'warn database: there is no database file yet',
      expect.stringMatching(/^warn models: there is none in .*models: popular films are served$/),
    ]);
    expect(await readdir(home)).toEqual([]);
  });

  it.each([
    ['18.20.0', ['fail node: Node.js 18.20.0 is too old']],
    ['20.9.0', ['fail node: Node.js 20.9.0 is too old']],
    ['23.1.0', ['warn node: Node.js 23.1.0 is not one that PocketRocket is tested with']],
    ['24.1.0', []],
  ])('judges Node.js %s', async (version, expected) => {
    expect((await complaints({}, version)).filter((line) => line.includes('node:'))).toEqual(expected);
  });

  it('lists every wrong setting, and looks no further', async () => {
    const found = await complaints({ PORT: '70000', LOG_LEVEL: 'loud', TF_SERVING_URL: 'http://here/v1' });
    expect(found.map((line) => line.slice(0, 30))).toEqual([
      expect.stringContaining('fail settings: PORT: '),
      expect.stringContaining('fail settings: TF_SERVING_URL'),
      expect.stringContaining('fail settings: LOG_LEVEL: '),
    ]);
    expect(await complaints({ RANKER: 'tf-serving' })).toEqual([
      expect.stringContaining('fail settings: RANKER=tf-serving needs TF_SERVING_URL'),
    ]);
  });

  it('finds a home that cannot be written', async () => {
    await writeFile(join(home, 'file'), '');
    const elsewhere = { POCKETROCKET_HOME: join(home, 'file', 'home') };
    expect(await complaints(elsewhere)).toContainEqual(
      expect.stringMatching(/^fail home: .* cannot be written \(ENOTDIR/),
    );
    // A server with MySQL, Redis and a secret of its own writes nothing there, and starts.
    const none = {
      DATABASE_URL: 'mysql://nobody@127.0.0.1:1/none',
      REDIS_URL: 'redis://127.0.0.1:1',
      JWT_SECRET: STRONG,
    };
    expect((await complaints({ ...elsewhere, ...none })).filter((line) => line.includes('home:'))).toEqual(
      [],
    );
  });

  it('makes no home, and says that the first start does', async () => {
    const absent = join(home, 'new', 'home');
    const findings = await examine({ ...env, POCKETROCKET_HOME: absent }, '20.20.2');
    expect(findings.find(({ part }) => part === 'home')).toEqual({
      part: 'home',
      status: 'ok',
      message: expect.stringMatching(/^the first start makes .*new\/home; /),
    });
    expect(await readdir(home)).toEqual([]);
  });

  it('judges what tokens are signed with', async () => {
    const signIn = async (more: Record<string, string>) =>
      (await complaints(more)).filter((line) => line.includes('sign-in'));
    expect(await signIn({ JWT_SECRET: STRONG, NODE_ENV: 'production' })).toEqual([]);
    expect(await signIn({ JWT_SECRET: 'short' })).toEqual([
      'warn sign-in: JWT_SECRET is weak: it is shorter than 32 bytes',
    ]);
    expect(await signIn({ JWT_SECRET: 'short', NODE_ENV: 'production' })).toEqual([
      'fail sign-in: JWT_SECRET is refused in production: it is shorter than 32 bytes',
    ]);
    const file = join(home, 'jwt-secret');
    await writeFile(file, STRONG, { mode: 0o600 });
    expect(await signIn({})).toEqual([]);
    await chmod(file, 0o644);
    expect(await signIn({})).toEqual([`fail sign-in: ${file} can be read by others (mode 644)`]);
  });

  it('finds a damaged database, one of another release, and one without data', async () => {
    const named = "INSERT INTO user_external_id (namespace, externalId, userId) VALUES ('dataset', 'ann', 1)";
    await onDatabase("INSERT INTO user (userId, name) VALUES (1, 'Ann')");
    await onDatabase(named);
    expect((await examine(env, '20.20.2')).map(({ message }) => message)).toContain(
      '1 users have numbers in the place of their ids',
    );
    await onDatabase('UPDATE user_external_id SET userId = 1600000000');
    expect(await complaints()).toContain(
      'warn database: 1 external ids name a movie or user that is not there',
    );
    await onDatabase('DELETE FROM dataset');
    expect(await complaints()).toContain('warn database: it holds no data yet');
    await onDatabase(
      "INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Tomorrow9999999999999')",
    );
    expect(await complaints()).toContain(
      'warn database: it was changed by a later release (Tomorrow9999999999999), beside which only servers of the one before it go on',
    );
    const file = join(home, 'pocketrocket.sqlite');
    await writeFile(file, (await readFile(file)).fill(7, 4096, 8192));
    expect(await complaints()).toContainEqual(expect.stringMatching(/^fail database: the file is damaged: /));
    await writeFile(file, 'no database at all, whatever its name says'.repeat(100));
    expect((await examine(env, '20.20.2')).filter(({ part }) => part === 'database')).toEqual([
      {
        part: 'database',
        status: 'fail',
        message: 'the file is no SQLite database',
        advice:
          'name the database in DATABASE_URL, if that is another file; if this was it, restore a backup: npm run restore -- <file> --replace',
      },
    ]);
  });

  it('tells who named a folder as the database to name a file in it', async () => {
    const databases = join(home, 'databases');
    await mkdir(databases);
    const findings = await examine({ ...env, DATABASE_URL: `sqlite:${databases}` }, '20.20.2');
    expect(findings.find(({ part }) => part === 'database')).toEqual({
      part: 'database',
      status: 'fail',
      message: `${databases} is a folder`,
      advice: `name a file in it: DATABASE_URL=sqlite:${databases}/pocketrocket.sqlite`,
    });
  });

  it('finds models that are damaged, or of other data', async () => {
    await fill({ model: true });
    await onDatabase("UPDATE dataset SET identity = 'sha256:another'");
    expect(await complaints()).toEqual([
      expect.stringMatching(/^fail models: version 1 is published but cannot serve: /),
      expect.stringMatching(/^fail models: 1 in .*, none of which can serve$/),
    ]);
    const adviceAbout = async (part: string) =>
      (await examine(env, '20.20.2')).filter((one) => one.part === part).map(({ advice }) => advice);
    // There is nothing to go back to.
    expect(await adviceAbout('models')).toEqual(Array(2).fill('npm run trainer -- train'));
    const folder = join(versionDir(join(home, 'models'), 1), 'assets.extra');
    const [tensor = ''] = (await readdir(folder)).filter((name) => name.endsWith('.float32'));
    await truncate(join(folder, tensor), 2);
    expect(await complaints()).toContainEqual(
      expect.stringMatching(/^fail models: version 1 is published but cannot serve: .*(truncated|bytes|2)/),
    );
  });

  it('tells a port of its own from one that another program has', async () => {
    const own = await answering(200, { alive: true });
    const other = await answering(200, 'hello');
    const portOf = async ({ port }: { port: string }) =>
      (await complaints({ PORT: port })).filter((line) => line.includes('port:'));
    expect(await portOf(own)).toEqual([]);
    expect(await portOf(other)).toEqual([
      `fail port: ${other.port} on 127.0.0.1 is in use by another program`,
    ]);
  });

  it('judges what TensorFlow Serving answers', async () => {
    await fill({ model: true });
    const judged = async (origin: string) =>
      (await complaints({ RANKER: 'tf-serving', TF_SERVING_URL: origin })).map((line) =>
        line.replace(origin, 'ORIGIN'),
      );
    const status = (version: string, state: string, message = '') => ({
      model_version_status: [{ version, state, status: { error_code: 'OK', error_message: message } }],
    });
    expect(await judged((await answering(200, status('1', 'AVAILABLE'))).origin)).toEqual([]);
    const another = (await answering(200, status('2', 'AVAILABLE'))).origin;
    expect(await judged(another)).toEqual(['warn tf-serving: the version that serves, 1, is not there']);
    expect(await complaints({ SHADOW_RANKER: 'tf-serving', TF_SERVING_URL: another })).toEqual([
      'warn tf-serving: the version that serves, 1, is not there',
    ]);
    expect(await judged((await answering(200, status('1', 'END', 'no such file'))).origin)).toEqual([
      'warn tf-serving: the version that serves, 1, is END: no such file',
    ]);
    expect(await judged((await answering(404, { error: 'unknown' })).origin)).toEqual([
      'fail tf-serving: it has no model named recmodel',
    ]);
    expect(await judged((await answering(500, 'oops')).origin)).toEqual([
      'fail tf-serving: ORIGIN answers with status 500, not as TensorFlow Serving does',
    ]);
    const { origin } = await answering(200, {});
    servers.pop()?.close();
    expect(await judged(origin)).toEqual([
      expect.stringMatching(/^fail tf-serving: ORIGIN does not answer \(.*ECONNREFUSED/),
    ]);
  });

  it('asks TMDB whether it takes the key', async () => {
    await fill({ model: true });
    const double = await openTmdbDouble([]);
    const ask = (TMDB_API_KEY: string) => complaints({ TMDB_API_KEY, TMDB_URL: double.url });
    try {
      expect(await ask(double.key)).toEqual([]);
      expect(await ask('another')).toEqual(['fail tmdb: TMDB refuses TMDB_API_KEY']);
      double.fail(503);
      expect(await ask(double.key)).toEqual(['warn tmdb: TMDB answered 503']);
      expect(await ask('no key at all')).toEqual([
        expect.stringMatching(/^fail settings: TMDB_API_KEY: must be/),
      ]);
    } finally {
      await double.close();
    }
  });

  it('finds Redis away', async () => {
    expect(await complaints({ REDIS_URL: 'redis://127.0.0.1:1' })).toContainEqual(
      expect.stringMatching(/^fail redis: Redis at 127\.0\.0\.1:1 does not answer: /),
    );
  });
});

describe('the doctor beside an older Redis', () => {
  let redis: PrivateRedis;
  beforeAll(async () => {
    redis = await PrivateRedis.start();
  });
  afterAll(() => redis.kill());

  it('says that it has no vector sets, and whether that matters', async () => {
    const judged = async (more: Record<string, string>) =>
      (await complaints({ REDIS_URL: redis.url, ...more })).filter((line) => line.includes('redis'));
    const published = 'warn redis: no model is published in Redis';
    expect(await judged({})).toEqual([
      expect.stringMatching(/^warn redis: Redis 7\S* has no vector sets: other clients find no vectors$/),
      published,
    ]);
    expect(await judged({ RETRIEVAL: 'redis' })).toEqual([
      expect.stringMatching(/^fail redis: Redis 7\S* has no vector sets, which RETRIEVAL=redis needs$/),
      published,
    ]);
  });
});

const describeWithRedis = TEST_REDIS_URL === undefined ? describe.skip : describe;
describeWithRedis('the doctor beside Redis 8', () => {
  it('finds the model whole, half and unreadable', async () => {
    const REDIS_URL = TEST_REDIS_URL ?? '';
    const MODEL_NAME = ownModelName();
    const judged = async () =>
      (await complaints({ REDIS_URL, MODEL_NAME })).filter((line) => line.includes('redis'));
    const link = new RedisLink({ url: REDIS_URL, name: 'test', logger: silentLogger });
    expect(await link.connected()).toBe(true);
    const store = new RedisModelStore(link, MODEL_NAME);
    try {
      expect(await judged()).toEqual(['warn redis: no model is published in Redis']);
      await link.command(['SET', store.keys.current, 'nonsense']);
      expect(await judged()).toEqual(['fail redis: the pointer to the current model cannot be parsed']);
      const pointer = { version: 3, release: '3-abc', earlier: [], changedAt: new Date().toISOString() };
      await link.command(['SET', store.keys.current, JSON.stringify(pointer)]);
      expect(await judged()).toEqual(['warn redis: version 3 is published, but its numbers are not there']);
      const serving = await answering(200, { model_version_status: [{ version: '2', state: 'AVAILABLE' }] });
      const RANKER = { RANKER: 'tf-serving', TF_SERVING_URL: serving.origin };
      expect(await complaints({ REDIS_URL, MODEL_NAME, ...RANKER })).toContain(
        'warn tf-serving: the version that serves, 3, is not there',
      );
    } finally {
      await store.clear();
      link.close();
    }
  });
});

const describeWithMysql = canTestOn('mysql') ? describe : describe.skip;
describeWithMysql('the doctor beside MySQL', () => {
  it('finds it away, closed to the user, empty, of another collation, and well', async () => {
    const judged = async (url: string) =>
      (await complaints({ DATABASE_URL: url, JWT_SECRET: STRONG })).filter((line) =>
        line.includes('database'),
      );
    const room = await makeTestRoom('mysql');
    const { url } = room.options;
    try {
      expect(await judged(url)).toEqual(['warn database: it has no tables yet']);
      const database = await openDatabase({ url });
      expect(await judged(url)).toEqual(['warn database: it holds no data yet']);
      await fillDatabase(database, makeFixture());
      expect(await judged(url)).toEqual([]);
      await database.dataSource.query(
        'ALTER TABLE genre MODIFY name varchar(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL',
      );
      expect(await judged(url)).toEqual([
        'warn database: 1 columns do not compare by utf8mb4_bin, such as genre.name (utf8mb4_general_ci)',
      ]);
      await database.close();
    } finally {
      await room.drop();
    }
    const stranger = new URL(url);
    stranger.password = 'wrong';
    expect(await judged(stranger.href)).toEqual([
      expect.stringMatching(/^fail database: MySQL at .* cannot be used: Access denied/),
    ]);
    expect(await judged('mysql://a:b@127.0.0.1:1/c')).toEqual([
      expect.stringMatching(/^fail database: MySQL at 127\.0\.0\.1:1 cannot be used: .*ECONNREFUSED/),
    ]);
  });
});
