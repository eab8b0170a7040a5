import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  publishArtifact,
  publishVersion,
  readArtifact,
  releaseOf,
  rollbackVersion,
  type ManifestDraft,
} from '@pocketrocket/model/artifact';
import { openDatabase } from '@pocketrocket/schema/database';
import { RedisLink, RedisModelStore, type PublishedPointer } from '@pocketrocket/model/redis';
import {
  until,
  HAS_REDIS_SERVER,
  ownModelName,
  PrivateRedis,
  openTcpProxy,
  TEST_REDIS_URL,
} from '@pocketrocket/testing';
import { postGraphql } from '../http/test/httpHarness.ts';
import { silentLogger } from '../test/api.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { toArtifact } from '../test/publish.ts';
import { spawnServer, type ServerProcess } from '../test/serverProcess.ts';
import { ModelWatcher } from './modelWatcher.ts';
import { RedisSource } from './redisSource.ts';

const QUERY =
  '{ user(userId: 1) { recommendations(first: 3) { nodes { score } served { modelVersion ranker degraded degradedReason } } } }';

interface Served {
  modelVersion: string | null;
  ranker: string;
  degraded: boolean;
  degradedReason: string | null;
}

const fixture = makeFixture();
const trained = makeModel(fixture);
const { draft, tensors } = toArtifact(trained);

let folder: string;
let modelName: string;
let store: RedisModelStore;
const closers: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redis-'));
  modelName = ownModelName();
  const database = await openDatabase({ url: `sqlite:${join(folder, 'films.sqlite')}` });
  await fillDatabase(database, fixture);
  await database.close();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

/** A server with a home of its own, and nothing in common with others but database and Redis. */
async function start(
  home: string,
  redisUrl: string,
  env: Record<string, string> = {},
): Promise<{ url: string; process: ServerProcess }> {
  const process = spawnServer({
    POCKETROCKET_HOME: join(folder, home),
    DATABASE_URL: `sqlite:${join(folder, 'films.sqlite')}`,
    REDIS_URL: redisUrl,
    MODEL_NAME: modelName,
    ...env,
  });
  closers.push(async () => {
    process.child.kill('SIGKILL');
    await process.exited;
  });
  return { url: await process.url, process };
}

async function connect(redisUrl: string): Promise<RedisLink> {
  const link = new RedisLink({ url: redisUrl, name: 'test', logger: silentLogger });
  closers.push(() => link.close());
  await link.connected();
  store = new RedisModelStore(link, modelName);
  closers.push(() => store.clear().catch(() => undefined));
  return link;
}

const modelDirOf = (home: string) => join(folder, home, 'models');

async function publish(home: string, changes: Partial<ManifestDraft> = {}): Promise<number> {
  const version = await publishArtifact(modelDirOf(home), { ...draft, ...changes }, tensors);
  await publishVersion(modelDirOf(home), version, new Date());
  return version;
}

async function servedBy(url: string): Promise<Served> {
  const response = await postGraphql(url, { query: QUERY });
  const { data } = (await response.json()) as {
    data: { user: { recommendations: { nodes: unknown[]; served: Served } } };
  };
  expect(data.user.recommendations.nodes).toHaveLength(3);
  return data.user.recommendations.served;
}

const serves = async (url: string, version: number) => (await servedBy(url)).modelVersion === String(version);

async function readiness(
  url: string,
): Promise<{ status: number; redisProblem: string | null; problem: string | null }> {
  const answer = await fetch(`${url}/readyz`);
  const body = (await answer.json()) as { redisProblem: string | null; problem: string | null };
  return { status: answer.status, ...body };
}

const NEURAL_CF = { ranker: 'NEURAL_CF', degraded: false };

/** Puts a version into Redis as a trainer on another machine would, and points to it. */
async function publishInRedis(home: string, version: number, earlier: number[]): Promise<void> {
  const refs = await Promise.all(
    [version, ...earlier].map(async (each) => {
      const { manifest } = await readArtifact(modelDirOf(home), each);
      return { version: each, release: releaseOf(manifest) };
    }),
  );
  const [first, ...others] = refs;
  if (!first) throw new Error('nothing to publish');
  await store.writeBlob(await readArtifact(modelDirOf(home), version));
  const pointer: PublishedPointer = { ...first, earlier: others, changedAt: new Date().toISOString() };
  expect(await store.movePointer(pointer, (await store.readPointer()).text)).toBe(true);
}

(HAS_REDIS_SERVER ? describe : describe.skip)('servers that share models through Redis', () => {
  it('serve what one of them has, follow Redis, and go on while it is away', async () => {
    const redis = await PrivateRedis.start();
    closers.push(() => redis.kill());
    await connect(redis.url);
    expect(await publish('a')).toBe(1);
    const a = await start('a', redis.url);
    await until('Redis has the model', async () => (await store.readPointer()).pointer?.version === 1);
    const b = await start('b', redis.url);
    await until('b has it', async () => (await servedBy(b.url)).modelVersion === '1');
    expect(await servedBy(b.url)).toMatchObject({ modelVersion: '1', ...NEURAL_CF });
    expect(a.process.stderr()).toContain('this Redis has no vector sets');

    // Another trainer, whose disk these servers do not see.
    for (let version = 1; version <= 3; version++)
      await publish('elsewhere', { createdAt: `2026-0${version}-01T00:00:00.000Z` });
    await publishInRedis('elsewhere', 2, []);
    for (const { url } of [a, b]) await until('version 2 serves', () => serves(url, 2));
    await publishInRedis('elsewhere', 3, [2]);
    for (const { url } of [a, b]) await until('version 3 serves', () => serves(url, 3));
    await publishInRedis('elsewhere', 2, []);
    for (const { url } of [a, b]) await until('version 2 serves again', () => serves(url, 2));

    await redis.kill();
    await until('it is missed', async () => (await readiness(b.url)).redisProblem !== null);
    for (const { url } of [a, b]) {
      expect(await servedBy(url)).toMatchObject({ modelVersion: '2', ...NEURAL_CF });
      const { status, redisProblem, problem } = await readiness(url);
      expect([status, problem]).toEqual([200, null]);
      expect(redisProblem).toMatch(/^Redis does not answer: /);
    }
    // One that starts meanwhile has what is in its directory.
    const late = await start('a', redis.url, { JWT_SECRET: 'q8Zt0V1mXr4LkP7yDw2sNf5hBj9cGa3e' });
    expect(await servedBy(late.url)).toMatchObject({ modelVersion: '1', ...NEURAL_CF });

    await redis.start();
    await until('Redis has it again', async () => {
      return (await store.readPointer().catch(() => null))?.pointer?.version === 2;
    });
    const { pointer } = await store.readPointer();
    expect((await store.read(pointer ?? { version: 0, release: '' })).manifest.version).toBe(2);
    for (const { url } of [a, b, late]) {
      await until('version 2 serves', () => serves(url, 2), 5_000);
      await until('all is well', async () => (await readiness(url)).redisProblem === null);
    }
  }, 90_000);

  it('are told of a publication: they need not look', async () => {
    const redis = await PrivateRedis.start();
    closers.push(() => redis.kill());
    await connect(redis.url);
    for (let version = 1; version <= 2; version++)
      await publish('elsewhere', { createdAt: `2026-0${version}-01T00:00:00.000Z` });
    await publishInRedis('elsewhere', 1, []);
    // One that never looks by itself.
    const models = new ModelWatcher({
      source: new RedisSource({
        store,
        modelDir: modelDirOf('empty'),
        attributesOf: () => null,
        logger: silentLogger,
      }),
      dataAtHand: () => ({
        datasetName: fixture.name,
        datasetIdentity: draft.dataset.identity,
        hasMovie: () => true,
      }),
      logger: silentLogger,
    });
    await models.refresh();
    await store.onChange(() => void models.pollNow());
    expect(models.state().model?.version).toBe(1);
    await publishInRedis('elsewhere', 2, []);
    await until('version 2 serves', () => models.state().model?.version === 2);
  });

  it('put a publication that Redis missed there, and refuse what is broken in Redis', async () => {
    const redis = await PrivateRedis.start();
    closers.push(() => redis.kill());
    const link = await connect(redis.url);
    await publish('a');
    const a = await start('a', redis.url);
    const b = await start('b', redis.url);
    await until('version 1 serves', () => serves(b.url, 1));
    // A trainer beside the first server that does not reach Redis.
    await publish('a');
    await until('version 2 serves', () => serves(b.url, 2));
    await rollbackVersion(modelDirOf('a'), new Date());
    await until('version 1 serves again', () => serves(b.url, 1));

    const broken = await publish('a', { createdAt: '2026-05-05T00:00:00.000Z' });
    const artifact = await readArtifact(modelDirOf('a'), broken);
    await rollbackVersion(modelDirOf('a'), new Date());
    await until('version 1 serves again', () => serves(b.url, 1));
    await store.writeBlob(artifact);
    const release = releaseOf(artifact.manifest);
    await link.command(['SETRANGE', store.keys.release(release).chunk(0), '64', 'broken']);
    const { text, pointer } = await store.readPointer();
    if (!pointer) throw new Error('there is no pointer');
    const { version: earlierVersion, release: earlierRelease } = pointer;
    const earlier = [{ version: earlierVersion, release: earlierRelease }];
    const changedAt = new Date().toISOString();
    await store.movePointer({ version: broken, release, earlier, changedAt }, text);
    await until('it is refused', async () => (await readiness(b.url)).problem !== null);
    expect(await readiness(b.url)).toMatchObject({
      status: 200,
      problem: expect.stringMatching(/version 3 cannot be used: .* was altered: its checksum differs/),
    });
    expect(await servedBy(b.url)).toMatchObject({ modelVersion: '1', ...NEURAL_CF });
    // The first server has it whole on its disk.
    await until('version 3 serves', () => serves(a.url, 3));
  }, 90_000);
});

(TEST_REDIS_URL ? describe : describe.skip)('servers that share models through Redis 8', () => {
  it('give it blob, vectors and pointer again when it comes back empty, once', async () => {
    const redisUrl = TEST_REDIS_URL ?? '';
    const proxy = await openTcpProxy(redisUrl);
    closers.push(() => proxy.close());
    const link = await connect(redisUrl);
    /** Counts queries to vector sets, those of other processes included. */
    const calls = async () =>
      Number(
        /cmdstat_vsim:calls=(\d+)/i.exec(String(await link.command(['INFO', 'commandstats'])))?.[1] ?? 0,
      );
    await publish('a');
    const servers = [await start('a', proxy.url)];
    const isComplete = async () => {
      const { pointer } = await store.readPointer();
      return pointer?.version === 1 && (await store.missingOf(pointer.release)) === null;
    };
    await until('Redis has the model', isComplete);
    servers.push(await start('b', proxy.url));
    const retrieving = await start('c', proxy.url, { RETRIEVAL: 'redis' });
    servers.push(retrieving);
    const before = await calls();
    await until('Redis retrieves', async () => !(await servedBy(retrieving.url)).degraded);
    expect(await servedBy(retrieving.url)).toMatchObject({ modelVersion: '1', ranker: 'NEURAL_CF' });
    expect(await calls()).toBeGreaterThan(before);
    proxy.set({ mode: 'cut' });
    for (const { url } of servers)
      await until('it is missed', async () => (await readiness(url)).redisProblem !== null);
    expect(await servedBy(retrieving.url)).toMatchObject({
      modelVersion: '1',
      ranker: 'NEURAL_CF',
      degraded: true,
      degradedReason: expect.stringMatching(/^Redis does not answer: .*; this process retrieves$/),
    });
    await store.clear();
    proxy.set({ mode: 'pass' });
    await until('Redis has the model again', isComplete);
    for (const { url } of servers) {
      // Each connects anew by itself.
      await until('it is back', async () => !(await servedBy(url)).degraded);
      expect(await servedBy(url)).toMatchObject({ modelVersion: '1', ...NEURAL_CF });
    }
    const given = () =>
      servers.flatMap(({ process }) => process.stderr().match(/model published to Redis/g) ?? []);
    await until('it is told', () => given().length >= 2);
    // At first, and when it came back.
    expect(given()).toHaveLength(2);
    const { pointer } = await store.readPointer();
    const meta = await store.readVectorsMeta(pointer?.release ?? '');
    expect(meta?.count).toBe(trained.items.size);
  }, 60_000);
});
