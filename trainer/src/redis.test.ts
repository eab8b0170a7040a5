import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  listVersions,
  readArtifact,
  readCurrentVersion,
  releaseOf,
  servingOrder,
} from '@pocketrocket/model/artifact';
import { RedisLink, RedisModelStore, TrainingNotes } from '@pocketrocket/model/redis';
import { createLogger } from '@pocketrocket/runtime';
import { HAS_REDIS_SERVER, ownModelName, PrivateRedis, TEST_REDIS_URL, until } from '@pocketrocket/testing';
import { runTrainer } from './test/runTrainer.ts';
import { createTinyDatabase } from './test/tinyData.ts';

const TRAIN = ['train', '--quick', '--only', 'publish', '--json', '--seed', '7'];
const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function newHome(redisUrl: string, modelName: string) {
  const home = mkdtempSync(join(tmpdir(), 'pocketrocket-shared-'));
  await createTinyDatabase(`sqlite:${join(home, 'pocketrocket.sqlite')}`);
  const env = { POCKETROCKET_HOME: home, REDIS_URL: redisUrl, MODEL_NAME: modelName };
  return { env, modelDir: join(home, 'models') };
}

async function storeOf(
  redisUrl: string,
  modelName: string,
): Promise<{ store: RedisModelStore; link: RedisLink }> {
  const link = new RedisLink({ url: redisUrl, name: 'test', logger });
  await link.connected();
  const store = new RedisModelStore(link, modelName);
  closers.push(() => link.close());
  closers.push(() => store.clear().catch(() => undefined));
  return { store, link };
}

let redis: PrivateRedis;
const withRedis = HAS_REDIS_SERVER ? describe : describe.skip;
beforeAll(async () => {
  if (!HAS_REDIS_SERVER) return;
  redis = await PrivateRedis.start();
  closers.push(() => redis.kill());
});

(TEST_REDIS_URL ? describe : describe.skip)('a trainer that shares what it publishes', () => {
  it('keeps Redis in step with the disk: train, publish, roll back, prune', async () => {
    const url = TEST_REDIS_URL ?? '';
    const modelName = ownModelName();
    const { env, modelDir } = await newHome(url, modelName);
    const { store, link } = await storeOf(url, modelName);
    const run = (...args: string[]) => runTrainer(args, env);
    const inStep = async () => {
      const { pointer } = await store.readPointer();
      expect([pointer?.version, ...(pointer?.earlier ?? []).map(({ version }) => version)]).toEqual(
        await servingOrder(modelDir),
      );
      expect(pointer?.changedAt).toBe((await readCurrentVersion(modelDir))?.changedAt);
      return pointer;
    };

    const notes = new TrainingNotes(link, modelName);
    const told: (string | null)[] = [];
    await notes.onTold((progress) => told.push(progress && progress.stage));
    const { stdout, stderr } = await run(...TRAIN, '--progress', 'json');
    expect(await notes.read()).toBeNull();
    await until('the end is told', () => told.length > 1 && told.at(-1) === null);
    expect(told.filter((stage) => stage !== null)).not.toEqual([]);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, published: true, redisProblem: null });
    expect(stderr).toMatch(/"stage":"model to Redis"/);
    expect(stderr).toMatch(/"stage":"vectors to Redis","done":40,"total":40,"unit":"items"/);
    const first = await inStep();
    if (!first) throw new Error('nothing was published');
    const artifact = await readArtifact(modelDir, 1);
    expect(first.release).toBe(releaseOf(artifact.manifest));
    expect(await store.read(first)).toEqual(artifact);
    expect(await store.missingOf(first.release)).toBeNull();
    const vectors = store.keys.release(first.release).vectors;
    expect(await link.command(['VCARD', vectors])).toBe(40);
    expect(await link.command(['VGETATTR', vectors, 'm20'])).toBe('{"year":1981,"genres":[]}');

    await run(...TRAIN);
    await run(...TRAIN);
    expect((await inStep())?.version).toBe(3);
    await run('rollback');
    expect((await inStep())?.version).toBe(2);
    await run('publish', '1');
    expect((await inStep())?.version).toBe(1);
    await run('prune', '--keep', '1');
    const pointer = await inStep();
    expect(pointer).toMatchObject({ version: 1, earlier: [{ version: 2 }] });
    for (const { release } of [pointer, ...(pointer?.earlier ?? [])].filter((ref) => ref !== null))
      expect(await store.missingOf(release)).toBeNull();
  });
});

withRedis('a trainer whose Redis', () => {
  it('has no vector sets shares the model and says what is missing', async () => {
    const modelName = ownModelName();
    const { env, modelDir } = await newHome(redis.url, modelName);
    const { stderr } = await runTrainer(TRAIN, env);
    expect(stderr).toContain('this Redis has no vector sets, which need Redis 8');
    const { store } = await storeOf(redis.url, modelName);
    const { pointer } = await store.readPointer();
    expect(await store.read(pointer ?? { version: 0, release: '' })).toEqual(await readArtifact(modelDir, 1));
  });

  it('is away publishes on disk, says so and ends with another status', async () => {
    const { env, modelDir } = await newHome('redis://127.0.0.1:1', ownModelName());
    await expect(runTrainer(TRAIN, env)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringMatching(
        /^the model directory is changed, but Redis is not: Redis does not answer/,
      ),
    });
    expect(await readCurrentVersion(modelDir)).toMatchObject({ version: 1 });
    await expect(runTrainer(['publish', '1'], env)).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    // Once it is back.
    const { stdout } = await runTrainer(['publish', '1', '--json'], { ...env, REDIS_URL: redis.url });
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, redisProblem: null });
  });
});

withRedis('export --follow', () => {
  it('keeps a folder for TensorFlow Serving as Redis has it, without the model directory or a database', async () => {
    const modelName = ownModelName();
    const { env, modelDir } = await newHome(redis.url, modelName);
    await runTrainer(TRAIN, env);
    const elsewhere = mkdtempSync(join(tmpdir(), 'pocketrocket-follow-'));
    const stopping = new AbortController();
    const following = runTrainer(
      ['export', '--out', elsewhere, '--follow'],
      { POCKETROCKET_HOME: join(elsewhere, 'none'), REDIS_URL: redis.url, MODEL_NAME: modelName },
      { signal: stopping.signal },
    );
    const has = (...versions: string[]) =>
      until(
        `it has ${versions.join(' and ')}`,
        () =>
          existsSync(join(elsewhere, 'recmodel')) &&
          readdirSync(join(elsewhere, 'recmodel')).sort().join() === versions.join() &&
          versions.every((version) => isSame(version)),
        30_000,
      );
    const fileIn = (dir: string, version: string) => join(dir, 'recmodel', version, 'saved_model.pb');
    const isSame = (version: string) =>
      existsSync(fileIn(elsewhere, version)) &&
      readFileSync(fileIn(elsewhere, version)).equals(readFileSync(fileIn(modelDir, version)));
    await has('1');
    await runTrainer(TRAIN, env);
    await has('1', '2');
    await runTrainer(TRAIN, env);
    await has('2', '3');
    await runTrainer(['rollback'], env);
    await runTrainer(['rollback'], env);
    await has('1');
    stopping.abort();
    expect((await following).stdout).toContain(`${fileIn(elsewhere, '3')}: NeuralCF of version 3\n`);
    expect(existsSync(join(elsewhere, 'none'))).toBe(false);
  });

  it('asks for Redis', async () => {
    await expect(runTrainer(['export', '--out', tmpdir(), '--follow'])).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('set REDIS_URL'),
    });
  });
});

withRedis('two trainers that publish at once', () => {
  const outcomesOf = (envs: Record<string, string>[]) =>
    Promise.allSettled(envs.map((env) => runTrainer(TRAIN, env)));
  const statesOf = (outcomes: PromiseSettledResult<unknown>[]) => outcomes.map(({ status }) => status).sort();

  it('into one Redis from two disks: one wins whole, the other says so and publishes nowhere', async () => {
    const modelName = ownModelName();
    const homes = [await newHome(redis.url, modelName), await newHome(redis.url, modelName)];
    const outcomes = await outcomesOf(homes.map(({ env }) => env));
    expect(statesOf(outcomes)).toEqual(['fulfilled', 'rejected']);
    const loser = outcomes.findIndex(({ status }) => status === 'rejected');
    expect(outcomes[loser]).toMatchObject({
      reason: {
        code: 'CONFLICT',
        message: expect.stringMatching(/meanwhile version 1 was published in Redis \(1-\w+\)/),
      },
    });
    const { store } = await storeOf(redis.url, modelName);
    const { pointer } = await store.readPointer();
    const winner = homes[1 - loser];
    const lost = homes[loser];
    if (!winner || !lost) throw new Error('there are two');
    expect(await store.read(pointer ?? { version: 0, release: '' })).toEqual(
      await readArtifact(winner.modelDir, 1),
    );
    expect(await readCurrentVersion(lost.modelDir)).toBeNull();
    expect(await listVersions(lost.modelDir)).toEqual([1]);
  });

  it('on one disk: one wins whole, the other says so', async () => {
    const { env, modelDir } = await newHome(redis.url, ownModelName());
    const { REDIS_URL: _, ...alone } = env;
    const outcomes = await outcomesOf([alone, alone]);
    expect(statesOf(outcomes)).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'CONFLICT', message: expect.stringMatching(/was not published: meanwhile version/) },
    });
    expect((await listVersions(modelDir)).sort()).toEqual([1, 2]);
    expect((await servingOrder(modelDir)).length).toBeGreaterThan(0);
  });
});
