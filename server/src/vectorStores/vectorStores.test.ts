import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topK, type FoldedUser } from '@pocketrocket/engine';
import { readArtifact, publishArtifact, releaseOf, type Artifact } from '@pocketrocket/model/artifact';
import { RedisLink, RedisModelStore } from '@pocketrocket/model/redis';
import {
  HAS_REDIS_SERVER,
  ownModelName,
  PrivateRedis,
  openTcpProxy,
  TEST_REDIS_URL,
} from '@pocketrocket/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadedModel, toLoadedModel } from '@pocketrocket/model';
import { silentLogger } from '../test/api.ts';
import { makeFixture } from '../test/fixture.ts';
import { makeModel, withSettings } from '../test/model.ts';
import { toArtifact } from '../test/publish.ts';
import { inProcessVectorStore, type VectorStore } from '@pocketrocket/model';
import { buildProfile } from '@pocketrocket/model';
import { expressionOf, nearestItems, openRedisVectorStore } from './redisVectorStore.ts';

const fixture = makeFixture();
/** The server is shared with other tests. */
const PATIENT_MS = 10_000;

const closers: (() => unknown)[] = [];
let artifact: Artifact;
let model: LoadedModel;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
  const { draft, tensors } = toArtifact(makeModel(fixture));
  artifact = await readArtifact(folder, await publishArtifact(folder, draft, tensors));
  model = toLoadedModel(artifact);
  rmSync(folder, { recursive: true });
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function connect(url: string): Promise<{ link: RedisLink; store: RedisModelStore }> {
  const link = new RedisLink({ url, name: 'test', logger: silentLogger });
  await link.connected();
  const store = new RedisModelStore(link, ownModelName());
  closers.push(() => link.close());
  closers.push(() => store.clear().catch(() => undefined));
  return { link, store };
}

const movieOf = (movieId: number) => fixture.movies.find((movie) => movie.movieId === movieId);

/** The vectors are written once for all that ask for them. */
let written: Promise<{ link: RedisLink; store: RedisModelStore }> | undefined;
const withVectors = () =>
  (written ??= (async () => {
    const connected = await connect(TEST_REDIS_URL ?? '');
    await connected.store.writeBlob(artifact);
    await connected.store.writeVectors(artifact, (movieId) => {
      const movie = movieOf(movieId);
      return movie ? { year: movie.releaseYear, genres: movie.genres } : null;
    });
    return connected;
  })());

function tasteOf(userId: number): FoldedUser {
  const rated = fixture.ratings
    .filter((rating) => rating.userId === userId)
    .map(({ movieId, halfStars, ratedAtSeconds }) => ({ movieId, rating: halfStars / 2, ratedAtSeconds }));
  const profile = buildProfile(model, rated, userId);
  if (!profile) throw new Error(`user ${userId} has rated nothing`);
  return profile.user;
}

const stores: [string, () => Promise<VectorStore>][] = [['this process', async () => inProcessVectorStore]];
if (TEST_REDIS_URL)
  stores.push([
    'Redis',
    async () => openRedisVectorStore((await withVectors()).store, silentLogger, PATIENT_MS),
  ]);

describe.each(stores)('the vector store in %s', (_name, open) => {
  const unseenBy = (user: FoldedUser) => {
    const eligible = new Uint8Array(model.items.size).fill(1);
    for (const item of user.items) eligible[item] = 0;
    return eligible;
  };
  const limited = (numCandidates: number) => withSettings(model, { numCandidates });

  it('finds as many as are asked for, none of them seen, the best first', async () => {
    const store = await open();
    for (const userId of [1, 2, 3]) {
      const user = tasteOf(userId);
      const eligible = unseenBy(user);
      const { items, scores, strongest, features } = await store.nearest(limited(20), user, eligible);
      expect(new Set(items).size).toBe(20);
      expect([...items].filter((item) => eligible[item] === 0)).toEqual([]);
      expect([...scores]).toEqual([...scores].sort((a, b) => b - a));
      expect([strongest.length, ...[...features.values()].map(({ length }) => length)]).toEqual(
        Array.from({ length: 1 + features.size }, () => 20),
      );
    }
  });

  it('finds all that are eligible where they are fewer', async () => {
    const store = await open();
    const user = tasteOf(1);
    const few = new Uint8Array(model.items.size);
    for (const item of [3, 5, 8]) few[item] = 1;
    expect([...(await store.nearest(limited(20), user, few)).items].sort()).toEqual([3, 5, 8]);
    const none = await store.nearest(limited(20), user, new Uint8Array(model.items.size));
    expect(none.items).toHaveLength(0);
  });

  it('finds what passes a filter', async () => {
    const store = await open();
    const user = tasteOf(1);
    const unseen = unseenBy(user);
    const [wanted = '', unwanted = ''] = fixture.genres;
    const filter = { genres: [wanted], excludeGenres: [unwanted], yearFrom: 1950, yearTo: 2010 };
    const eligible = Uint8Array.from(model.items.ids, (movieId, item) => {
      const { genres = [], releaseYear = null } = movieOf(movieId) ?? {};
      const isOfYear = releaseYear !== null && releaseYear >= filter.yearFrom && releaseYear <= filter.yearTo;
      const passes = isOfYear && genres.includes(wanted) && !genres.includes(unwanted);
      return passes && unseen[item] === 1 ? 1 : 0;
    });
    const numEligible = eligible.reduce((sum, one) => sum + one, 0);
    expect(numEligible).toBeGreaterThan(5);
    const { items } = await store.nearest(limited(5), user, eligible, filter);
    expect(items).toHaveLength(5);
    expect([...items].filter((item) => eligible[item] === 0)).toEqual([]);
    const all = await store.nearest(limited(500), user, eligible, filter);
    expect(all).toEqual(await inProcessVectorStore.nearest(limited(500), user, eligible));
    expect(all.items).toHaveLength(numEligible);
  });

  it('agrees with exact search where all that is eligible is asked for', async () => {
    const store = await open();
    const user = tasteOf(2);
    const eligible = unseenBy(user);
    expect(await store.nearest(limited(500), user, eligible)).toEqual(
      await inProcessVectorStore.nearest(limited(500), user, eligible),
    );
  });
});

it('words a filter for VSIM', () => {
  const all = { genres: [], excludeGenres: [], yearFrom: null, yearTo: null };
  expect(expressionOf(all)).toBeUndefined();
  expect(expressionOf({ ...all, genres: ['Sci-Fi', 'The "New" Wave'], yearTo: 1999 })).toBe(
    '("Sci-Fi" in .genres or "The \\"New\\" Wave" in .genres) and .year <= 1999',
  );
  expect(expressionOf({ ...all, excludeGenres: ['Horror'], yearFrom: 1980 })).toBe(
    'not ("Horror" in .genres) and .year >= 1980',
  );
});

(TEST_REDIS_URL ? describe : describe.skip)('retrieval by Redis', () => {
  it('asks the vector set, as its command statistics show, and gets the order of inner products', async () => {
    const { link, store } = await withVectors();
    const calls = async () =>
      Number(
        /cmdstat_vsim:calls=(\d+)/i.exec(String(await link.command(['INFO', 'commandstats'])))?.[1] ?? 0,
      );
    const before = await calls();
    const user = tasteOf(1);
    const eligible = new Uint8Array(model.items.size).fill(1);
    const { numItems, item2vec } = model.recommender;
    const release = releaseOf(model.manifest);
    const meta = await store.readVectorsMeta(release);
    if (!meta) throw new Error('there are no vectors');
    const query = user.item2vecRecent;
    const exact = topK(query, item2vec.outVectors, item2vec.dim, numItems);
    const { movieIds } = await store.nearest(release, meta, query, { count: numItems, effort: 'exact' });
    expect([...movieIds].map((movieId) => model.items.indexOf(movieId))).toEqual([...exact.items]);
    const found = await nearestItems(
      withSettings(model, { numCandidates: 10 }),
      user,
      eligible,
      (vector, count) => store.nearest(release, meta, vector, { count, effort: 200 }),
    );
    const rowsFound = [...found.keys()].filter((item) => found[item] === 1);
    expect(rowsFound).toEqual([...exact.items.subarray(0, 10)].sort((a, b) => a - b));
    await openRedisVectorStore(store, silentLogger, PATIENT_MS).nearest(model, user, eligible);
    expect(await calls()).toBeGreaterThanOrEqual(before + 3);
  });

  it('proposes movies that came after training: they are not in the set', async () => {
    const { store } = await withVectors();
    const { item2vec } = model.recommender;
    const user = tasteOf(1);
    // As it is without the last item: what the catalogue brought later.
    const numTrainedItems = model.items.size - 1;
    const last = topK(user.item2vecRecent, item2vec.outVectors, item2vec.dim, model.items.size).items;
    const eligible = new Uint8Array(model.items.size);
    eligible[numTrainedItems] = 1;
    for (const item of last.subarray(0, 5)) if (item < numTrainedItems) eligible[item] = 1;
    const { items } = await openRedisVectorStore(store, silentLogger, PATIENT_MS).nearest(
      { ...model, numTrainedItems },
      user,
      eligible,
    );
    expect([...items]).toContain(numTrainedItems);
  });

  it('says why it cannot, at once after some failures, and recovers', async () => {
    const proxy = await openTcpProxy(TEST_REDIS_URL ?? '');
    closers.push(() => proxy.close());
    const { store } = await connect(proxy.url);
    await store.writeBlob(artifact);
    const patient = openRedisVectorStore(store, silentLogger, PATIENT_MS);
    const vectors = openRedisVectorStore(store, silentLogger, 1_000);
    const ask = (of = vectors) => of.nearest(model, tasteOf(1), new Uint8Array(model.items.size).fill(1));
    await expect(ask(patient)).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringMatching(/^Redis does not have the vector set of 1-/),
    });
    expect(patient.problem()).toMatch(/does not have the vector set/);
    await store.writeVectors(artifact, () => null);
    expect((await ask(patient)).items).toHaveLength(model.items.size);
    expect(patient.problem()).toBeNull();
    proxy.set({ mode: 'silence' });
    for (let attempt = 0; attempt < 4; attempt++)
      await expect(ask()).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    expect(vectors.problem()).toMatch(/no answer to (VSIM|GET)|stopped answering/);
  });
});

(HAS_REDIS_SERVER ? it : it.skip)('retrieval by a Redis without vector sets says so', async () => {
  const redis = await PrivateRedis.start();
  closers.push(() => redis.kill());
  const { store } = await connect(redis.url);
  await store.writeBlob(artifact);
  const vectors = openRedisVectorStore(store, silentLogger);
  await expect(vectors.nearest(model, tasteOf(1), new Uint8Array(model.items.size).fill(1))).rejects.toThrow(
    /Redis does not have the vector set/,
  );
});
