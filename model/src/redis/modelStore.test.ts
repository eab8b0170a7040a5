import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ITEM_IDS, ITEM_VECTORS, releaseOf, type Artifact } from '../artifact/index.ts';
import { createLogger } from '@pocketrocket/runtime';
import { HAS_REDIS_SERVER, ownModelName, PrivateRedis, TEST_REDIS_URL } from '@pocketrocket/testing';
import { OLD_RELEASE_SECONDS, RedisLink, RedisModelStore, type PublishedPointer } from './index.ts';
import { makeArtifact } from './test/artifact.ts';

const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });
const openLink = (url: string) => new RedisLink({ url, name: 'test', logger });

/** So that the small models of tests have several. */
const CHUNK_BYTES = 8_000;

/** Redis 8 where there is one, and one without vector sets in any case. */
const servers: [string, () => Promise<string>][] = HAS_REDIS_SERVER ? [['Redis 7', startPrivate]] : [];
let started: PrivateRedis | undefined;
async function startPrivate(): Promise<string> {
  started ??= await PrivateRedis.start();
  return started.url;
}
afterAll(async () => started?.kill());
const shared = TEST_REDIS_URL;
if (shared) servers.push(['Redis 8', async () => shared]);
if (servers.length === 0) servers.push(['', () => Promise.reject(new Error('there is no Redis'))]);

const pointerTo = (version: number, earlier: number[] = []): PublishedPointer => ({
  version,
  release: releaseOf(makeArtifact(version).manifest),
  earlier: earlier.map((old) => ({ version: old, release: releaseOf(makeArtifact(old).manifest) })),
  changedAt: new Date(Date.UTC(2026, 0, version)).toISOString(),
});

const onEach = HAS_REDIS_SERVER || shared ? describe : describe.skip;
onEach.each(servers)('the model store on %s', (_name, urlOf) => {
  let link: RedisLink;
  let store: RedisModelStore;
  const ttl = (key: string) => link.command(['TTL', key]);
  const write = async (artifact: Artifact) => {
    await store.writeBlob(artifact);
    return releaseOf(artifact.manifest);
  };
  const publish = async (version: number, earlier: number[] = []) => {
    await write(makeArtifact(version));
    const { text } = await store.readPointer();
    expect(await store.movePointer(pointerTo(version, earlier), text)).toBe(true);
  };

  beforeEach(async () => {
    link = openLink(await urlOf());
    expect(await link.connected()).toBe(true);
    store = new RedisModelStore(link, ownModelName(), CHUNK_BYTES);
  });
  afterEach(async () => {
    await store.clear();
    link.close();
  });

  it('reads back what it wrote, in several chunks, to the last bit', async () => {
    const artifact = makeArtifact(3, { extra: 1_500 });
    const release = await write(artifact);
    expect(await store.read({ version: 3, release })).toEqual(artifact);
    expect(await link.command(['EXISTS', store.keys.release(release).chunk(2)])).toBe(1);
    expect(await link.command(['EXISTS', store.keys.release(release).chunk(3)])).toBe(0);
    expect(await store.missingOf(release)).toBe((await store.hasVectorSets()) ? 'vectors' : null);
  });

  it('has no pointer at first, and takes a garbled one for none', async () => {
    expect(await store.readPointer()).toEqual({ text: '', pointer: null });
    await link.command(['SET', store.keys.current, '{"version":']);
    expect(await store.readPointer()).toEqual({ text: '{"version":', pointer: null });
    await publish(1);
    expect((await store.readPointer()).pointer).toEqual(pointerTo(1));
  });

  it('lets one of two that move the pointer win', async () => {
    await publish(1);
    const { text } = await store.readPointer();
    for (const version of [2, 3]) await write(makeArtifact(version));
    const moved = await Promise.all([2, 3].map((version) => store.movePointer(pointerTo(version), text)));
    expect(moved).toEqual([true, false]);
    expect((await store.readPointer()).pointer?.version).toBe(2);
  });

  it('moves to nothing that is not whole', async () => {
    await expect(store.movePointer(pointerTo(1), '')).rejects.toMatchObject({ code: 'ARTIFACT_INVALID' });
    const release = await write(makeArtifact(1));
    await link.command(['DEL', store.keys.release(release).chunk(0)]);
    await expect(store.movePointer(pointerTo(1), '')).rejects.toThrow(/parts of 1-\w+ are missing/);
    expect((await store.readPointer()).pointer).toBeNull();
    expect(await store.missingOf(release)).toBe('blob');
  });

  it('keeps what serves and what a rollback would reach, and lets the rest go', async () => {
    const meta = (version: number) => store.keys.release(pointerTo(version).release).meta;
    await write(makeArtifact(1));
    expect(await ttl(meta(1))).toBeGreaterThan(OLD_RELEASE_SECONDS - 60);
    await publish(1);
    expect(await ttl(meta(1))).toBe(-1);
    await publish(2, [1]);
    await publish(3, [2, 1]);
    expect([await ttl(meta(3)), await ttl(meta(2))]).toEqual([-1, -1]);
    expect(await ttl(meta(1))).toBeGreaterThan(0);
    const { text } = await store.readPointer();
    await store.movePointer(pointerTo(2, [1]), text);
    expect([await ttl(meta(2)), await ttl(meta(1))]).toEqual([-1, -1]);
    expect(await ttl(meta(3))).toBeGreaterThan(0);
  });

  it.each<[string, (artifact: Artifact, release: string) => Promise<unknown>, RegExp]>([
    [
      'truncated',
      async (_, release) => {
        const key = store.keys.release(release).chunk(0);
        const bytes = (await link.bytes(['GET', key])) as Buffer;
        await link.command(['SET', key, bytes.subarray(0, -40)]);
      },
      /has \d+ bytes instead of \d+/,
    ],
    [
      'altered',
      (_, release) => link.command(['SETRANGE', store.keys.release(release).chunk(0), '100', 'x']),
      /was altered: its checksum differs/,
    ],
    [
      'missing in part',
      (_, release) => link.command(['DEL', store.keys.release(release).chunk(0)]),
      /blob:0 is missing/,
    ],
    [
      'missing',
      (_, release) => link.command(['DEL', store.keys.release(release).meta]),
      /Redis does not have 4-/,
    ],
    [
      'another',
      async (_, release) => {
        const other = (await link.command([
          'GET',
          store.keys.release(await write(makeArtifact(5))).meta,
        ])) as string;
        await link.command(['SET', store.keys.release(release).meta, other]);
      },
      /is another version/,
    ],
  ])('refuses a blob that is %s', async (_what, spoil, reason) => {
    const artifact = makeArtifact(4);
    const release = await write(artifact);
    await spoil(artifact, release);
    await expect(store.read({ version: 4, release })).rejects.toMatchObject({
      code: 'ARTIFACT_INVALID',
      message: expect.stringMatching(reason),
    });
  });

  it('gives a lease to one at a time, and the next one after', async () => {
    const order: string[] = [];
    const hold = (name: string, waitMs: number) =>
      store.withLease(waitMs, async () => {
        order.push(name);
        await new Promise((resolve) => setTimeout(resolve, 100));
        return name;
      });
    const first = hold('first', 0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await Promise.all([first, hold('turned away', 0), hold('second', 5_000)])).toEqual([
      'first',
      null,
      'second',
    ]);
    expect(order).toEqual(['first', 'second']);
  });

  it('tells others that the pointer moved', async () => {
    const other = openLink(await urlOf());
    await other.connected();
    let told = 0;
    await new RedisModelStore(
      other,
      decodeURIComponent(/\{(.*)\}/.exec(store.keys.current)?.[1] ?? ''),
    ).onChange(() => told++);
    await publish(1);
    while (told === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    other.close();
    expect(told).toBe(1);
  });

  it('says whether it has vector sets', async () => {
    expect(await store.hasVectorSets()).toBe(_name === 'Redis 8');
  });
});

(shared ? describe : describe.skip)('the vector set', () => {
  it('has the order of inner products, and their values; and attributes', async () => {
    const link = openLink(shared ?? '');
    await link.connected();
    const store = new RedisModelStore(link, ownModelName());
    const artifact = makeArtifact(6, { items: 700 });
    const release = releaseOf(artifact.manifest);
    await store.writeBlob(artifact);
    expect(await store.readVectorsMeta(release)).toBeNull();
    const done: number[] = [];
    await store.writeVectors(
      artifact,
      (movieId) => (movieId === 10 ? null : { year: 1990 + (movieId % 30), genres: ['Drama'] }),
      (count) => done.push(count),
    );
    expect(done).toEqual([256, 512, 700]);
    expect(await store.missingOf(release)).toBeNull();
    const meta = await store.readVectorsMeta(release);
    if (!meta) throw new Error('the vector set is not there');
    expect(meta).toMatchObject({ count: 700, dim: 9 });

    const ids = artifact.tensors[ITEM_IDS]?.data ?? [];
    const vectors = artifact.tensors[ITEM_VECTORS]?.data ?? [];
    const query = Float32Array.of(0.5, -1, 0.25, 2, 0, -0.75, 1, 0.1);
    const exact = Array.from(ids, (movieId, row) => ({
      movieId,
      score: query.reduce((sum, value, d) => sum + value * (vectors[8 * row + d] ?? 0), 0),
    })).sort((a, b) => b.score - a.score);
    const { movieIds, scores } = await store.nearest(release, meta, query, { count: 100, effort: 'exact' });
    expect([...movieIds]).toEqual(exact.slice(0, 100).map(({ movieId }) => movieId));
    scores.forEach((score, place) => expect(score).toBeCloseTo(exact[place]?.score ?? NaN, 3));
    expect(exact[0]?.score).toBeGreaterThan(exact[99]?.score ?? 0);

    const key = store.keys.release(release).vectors;
    expect(await link.command(['VGETATTR', key, 'm20'])).toBe('{"year":2010,"genres":["Drama"]}');
    expect(await link.command(['VGETATTR', key, 'm10'])).toBeNull();
    await store.movePointer({ ...pointerTo(6), release }, '');
    expect(await link.command(['TTL', key])).toBe(-1);
    await link.command(['DEL', key]);
    expect(await store.missingOf(release)).toBe('vectors');
    await store.dropVectors(release);
    expect(await store.movePointer({ ...pointerTo(6), release }, (await store.readPointer()).text)).toBe(
      true,
    );
    await expect(store.nearest(release, meta, query, { count: 5, effort: 50 })).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
    });
    await store.clear();
    expect(await link.command(['KEYS', `*${store.keys.current.split(':')[1]}*`])).toEqual([]);
    link.close();
  });
});
