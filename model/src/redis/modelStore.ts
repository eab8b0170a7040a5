import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ITEM_IDS, ITEM_VECTORS, manifestSchema, type Artifact, type Tensor } from '../artifact/manifest.ts';
import { releaseOf } from '../artifact/release.ts';
import { invalid, parseTensor, sharedBytes, toLittleEndian } from '../artifact/store.ts';
import { AppError } from '@pocketrocket/runtime';
import { augmentedQuery, augmentedVectors, innerProductOf } from './innerProducts.ts';
import { modelKeys, type ModelKeys, type ReleaseKeys } from './keys.ts';
import type { RedisLink, RedisWord } from './link.ts';
import { parsePointer, type PublishedPointer, type StoredPointer } from './pointer.ts';

/** Of the parts that a version's bytes are cut into: far below Redis' 512 MB, and short enough that others need not wait long. */
export const CHUNK_BYTES = 16 * 2 ** 20;
/** Lifetime of a version that neither serves nor would after a rollback. */
export const OLD_RELEASE_SECONDS = 24 * 3600;
/** For commands that move whole chunks. */
const CHUNK_TIMEOUT_MS = 30_000;
const LEASE_MS = 20_000;
/** VADDs under way at once: Redis does those of one sender in a row, and others are not to wait for long. */
const VECTORS_PER_BATCH = 16;
/** Items after which progress is told. */
const TELL_EVERY = 256;
const VECTOR_TIMEOUT_MS = 10_000;

const vectorsSchema = z.object({
  count: z.number().int().nonnegative(),
  /** Of the rows in the set. */
  dim: z.number().int().positive(),
  /** M of the augmentation. */
  maxNorm: z.number().positive(),
});

/** Numbers that map a vector set's scores back to the model's. */
export type VectorsMeta = z.infer<typeof vectorsSchema>;

const metaSchema = z.object({
  format: z.literal(1),
  chunkBytes: z.number().int().positive(),
  /** Of all tensors, one behind the other in the manifest's order. */
  bytes: z.number().int().nonnegative(),
  manifest: manifestSchema,
  /** Null while there is no vector set: not yet, or never on a Redis without them. */
  vectors: vectorsSchema.nullable(),
});
type ReleaseMeta = z.infer<typeof metaSchema>;

/** Attributes by which a vector set's elements can be filtered. */
export interface ItemAttributes {
  year: number | null;
  genres: readonly string[];
}

/** An item's attributes by movieId; null where nothing is known of it. */
export type AttributesOf = (movieId: number) => ItemAttributes | null;

/** Told how much is done, in the unit of the work. */
export type OnProgress = (done: number, total: number) => void;

/** Sets the pointer if it is what was expected and the version's parts are there, keeps those parts, and tells everybody. */
const MOVE = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
local required = tonumber(ARGV[4])
for i = 2, 1 + required do
  if redis.call('EXISTS', KEYS[i]) == 0 then return -1 end
end
for i = 2, #KEYS do redis.call('PERSIST', KEYS[i]) end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('PUBLISH', ARGV[3], ARGV[2])
return 1`;

/** Lengthens, or ends, a lease that is still one's own. */
const RENEW = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** Options of a search in a vector set. */
export interface SearchOptions {
  count: number;
  /** Size of the search's candidate list (`EF`): the larger, the fewer it misses; `exact` compares all. */
  effort: number | 'exact';
  /** An expression over the elements' attributes, such as `.year >= 1990`. */
  filter?: string;
  timeoutMs?: number;
}

/** The nearest items and their inner products with the query, best first. */
export interface NearestItems {
  movieIds: Int32Array;
  scores: Float32Array;
}

/**
 * One model's versions in Redis: each a blob and a vector set, and the pointer to the one that serves.
 *
 * Every method throws AppError UPSTREAM_UNAVAILABLE where Redis does not answer.
 */
export class RedisModelStore {
  readonly keys: ModelKeys;
  readonly #link: RedisLink;
  readonly #chunkBytes: number;

  /** @param chunkBytes of the parts that are written */
  constructor(link: RedisLink, modelName: string, chunkBytes = CHUNK_BYTES) {
    this.#link = link;
    this.#chunkBytes = chunkBytes;
    this.keys = modelKeys(modelName);
  }

  /** True for a Redis that has vector sets, as Redis 8 does. */
  async hasVectorSets(): Promise<boolean> {
    const [info] = (await this.#link.command(['COMMAND', 'INFO', 'VADD'])) as unknown[];
    return Array.isArray(info);
  }

  async readPointer(): Promise<StoredPointer> {
    return parsePointer((await this.#link.command(['GET', this.keys.current])) as string | null);
  }

  /**
   * Makes a version the one that serves, in one step: nobody sees a pointer to what is not whole.
   * @param expected what must stand there now; see {@link StoredPointer.text}
   * @returns false where something else stands there
   * @throws AppError ARTIFACT_INVALID where the version's blob is not there
   */
  async movePointer(next: PublishedPointer, expected: string): Promise<boolean> {
    const meta = await this.#readMeta(next.release);
    if (!meta) throw invalid(next.version, `Redis does not have ${next.release}`);
    const required = partsOf(this.keys.release(next.release), meta);
    // What a rollback would reach stays as well, so far as it is there.
    const [reachable] = next.earlier;
    const reachableMeta = reachable && (await this.#readMeta(reachable.release));
    const kept = reachableMeta ? partsOf(this.keys.release(reachable.release), reachableMeta) : [];
    const keys = [this.keys.current, ...required, ...kept];
    const answer = await this.#link.command([
      ...['EVAL', MOVE, String(keys.length), ...keys],
      ...[expected, JSON.stringify(next), this.keys.changes, String(required.length)],
    ]);
    if (answer === -1) throw invalid(next.version, `parts of ${next.release} are missing in Redis`);
    if (answer === 1) await this.#expireOthers(next);
    return answer === 1;
  }

  /** Calls back whenever the pointer has changed. */
  onChange(listener: () => void): Promise<void> {
    return this.#link.subscribe(this.keys.changes, listener);
  }

  /**
   * Does work that nobody else may do at the same time.
   * @param waitMs how long to wait for another who does
   * @returns null where another still does
   */
  async withLease<Result>(waitMs: number, work: () => Promise<Result>): Promise<Result | null> {
    const token = randomUUID();
    const deadline = Date.now() + waitMs;
    const take = ['SET', this.keys.lease, token, 'NX', 'PX', String(LEASE_MS)];
    while ((await this.#link.command(take)) === null) {
      if (Date.now() >= deadline) return null;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const own = (script: string, ...more: string[]) =>
      this.#link.command(['EVAL', script, '1', this.keys.lease, token, ...more]).catch(() => undefined);
    const renewing = setInterval(() => void own(RENEW, String(LEASE_MS)), LEASE_MS / 4);
    try {
      return await work();
    } finally {
      clearInterval(renewing);
      // Where this does not arrive, the lease ends by itself.
      await own(RELEASE);
    }
  }

  /** Finds the part of a version that Redis lacks: its blob, its vector set where this Redis can have one, or nothing. */
  async missingOf(release: string): Promise<'blob' | 'vectors' | null> {
    const meta = await this.#readMeta(release);
    if (!meta || !(await this.#hasBlob(release, meta))) return 'blob';
    const isComplete = (await this.readVectorsMeta(release)) !== null || !(await this.hasVectorSets());
    return isComplete ? null : 'vectors';
  }

  /** Reads the numbers that a search in a version's vector set needs; null where there is no vector set. */
  async readVectorsMeta(release: string, timeoutMs?: number): Promise<VectorsMeta | null> {
    const meta = await this.#readMeta(release, timeoutMs);
    if (!meta?.vectors) return null;
    const isThere = meta.vectors.count === 0 || (await this.#hasVectors(release, timeoutMs));
    return isThere ? meta.vectors : null;
  }

  /** Forgets a version's vector set, so that the version counts as whole without it. */
  async dropVectors(release: string): Promise<void> {
    await this.#link.command(['UNLINK', this.keys.release(release).vectors]);
    const meta = await this.#readMeta(release);
    if (meta?.vectors) await this.#writeMeta(release, { ...meta, vectors: null }, ['KEEPTTL']);
  }

  /**
   * Reads a version whole and checks every byte of it.
   * @throws AppError ARTIFACT_INVALID naming what is missing, truncated or altered
   */
  async read({ version, release }: { version: number; release: string }): Promise<Artifact> {
    const meta = await this.#readMeta(release);
    if (!meta) throw invalid(version, `Redis does not have ${release}`);
    if (meta.manifest.version !== version || releaseOf(meta.manifest) !== release)
      throw invalid(version, `${release} in Redis is another version`);
    const reader = new ChunkReader(meta, async (index) => {
      const key = this.keys.release(release).chunk(index);
      const bytes = await this.#link.bytes(['GET', key], CHUNK_TIMEOUT_MS);
      if (!Buffer.isBuffer(bytes)) throw invalid(version, `${key} is missing in Redis`);
      const expected = Math.min(meta.chunkBytes, meta.bytes - index * meta.chunkBytes);
      if (bytes.byteLength !== expected)
        throw invalid(version, `${key} has ${bytes.byteLength} bytes instead of ${expected}`);
      return bytes;
    });
    const tensors: Record<string, Tensor> = {};
    for (const [name, spec] of Object.entries(meta.manifest.tensors))
      tensors[name] = parseTensor(await reader.take(spec.bytes), version, name, spec);
    return { manifest: meta.manifest, tensors };
  }

  /** Writes a version's blob; it goes by itself unless the pointer moves to it within a day. Done again, it is replaced. */
  async writeBlob({ manifest, tensors }: Artifact, onProgress: OnProgress = () => {}): Promise<void> {
    const release = releaseOf(manifest);
    const keys = this.keys.release(release);
    const parts = Object.keys(manifest.tensors).map((name) => {
      const tensor = tensors[name];
      if (!tensor) throw new Error(`the artifact has no ${name}`);
      return toLittleEndian(tensor.data);
    });
    const bytes = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
    // Not to be found until it is whole again.
    await this.#link.command(['DEL', keys.meta]);
    let index = 0;
    for (const chunk of chunksOf(parts, this.#chunkBytes)) {
      await this.#link.command(['SET', keys.chunk(index), chunk, ...EXPIRING], CHUNK_TIMEOUT_MS);
      onProgress(Math.min(bytes, ++index * this.#chunkBytes), bytes);
    }
    await this.#link.command(['SADD', this.keys.releases, release]);
    await this.#writeMeta(release, {
      format: 1,
      chunkBytes: this.#chunkBytes,
      bytes,
      manifest,
      vectors: null,
    });
  }

  /**
   * Writes the vector set of a version whose blob is there, and enters it in what is known of the version when it is complete.
   * One element per item, `m<movieId>`, see {@link augmentedVectors}; it is found by `VSIM` alone, so Redis 8 is needed.
   * @returns false for a model without item vectors
   */
  async writeVectors(
    { manifest, tensors }: Artifact,
    attributesOf: AttributesOf,
    onProgress: OnProgress = () => {},
  ): Promise<boolean> {
    const release = releaseOf(manifest);
    const key = this.keys.release(release).vectors;
    const vectors = tensors[ITEM_VECTORS];
    const dim = vectors?.shape[1];
    const ids = tensors[ITEM_IDS]?.data;
    if (!(vectors?.data instanceof Float32Array) || !dim || !ids) return false;
    const rows = augmentedVectors(vectors.data, dim);
    await this.dropVectors(release);
    for (let start = 0; start < ids.length; start += VECTORS_PER_BATCH) {
      const batch = Array.from(ids.subarray(start, start + VECTORS_PER_BATCH), (movieId, place) => {
        const attributes = attributesOf(movieId);
        return this.#link.command(
          [
            ...['VADD', key, 'FP32', rows.row(start + place), `m${movieId}`, 'NOQUANT'],
            ...(attributes ? ['SETATTR', JSON.stringify(attributes)] : []),
          ],
          VECTOR_TIMEOUT_MS,
        );
      });
      await Promise.all(batch);
      if (start === 0) await this.#link.command(['EXPIRE', key, String(OLD_RELEASE_SECONDS)]);
      const done = Math.min(ids.length, start + VECTORS_PER_BATCH);
      if (done === ids.length || done % TELL_EVERY === 0) onProgress(done, ids.length);
    }
    const count = ids.length === 0 ? 0 : await this.#link.command(['VCARD', key]);
    if (count !== ids.length)
      throw new AppError('CONFLICT', `another process writes ${key} at the same time`);
    const meta = await this.#readMeta(release);
    if (!meta) throw invalid(manifest.version, `Redis does not have ${release}`);
    const written = { count: ids.length, dim: rows.dim, maxNorm: rows.maxNorm };
    await this.#writeMeta(release, { ...meta, vectors: written }, ['KEEPTTL']);
    return true;
  }

  /**
   * The items of a version's vector set nearest to a query by inner product, best first.
   * @throws AppError UPSTREAM_UNAVAILABLE also where there is no vector set
   */
  async nearest(
    release: string,
    { maxNorm }: VectorsMeta,
    query: Float32Array,
    { count, effort, filter, timeoutMs }: SearchOptions,
  ): Promise<NearestItems> {
    const words: RedisWord[] = [
      ...['VSIM', this.keys.release(release).vectors, 'FP32', augmentedQuery(query), 'WITHSCORES'],
      ...['COUNT', String(count)],
      ...(effort === 'exact' ? ['TRUTH'] : ['EF', String(effort)]),
      ...(filter === undefined ? [] : ['FILTER', filter]),
    ];
    const answer = (await this.#link.pairs(words, timeoutMs)) as (string | number)[];
    // With a filter, nothing may have passed.
    if (answer.length === 0 && (filter === undefined || !(await this.#hasVectors(release, timeoutMs))))
      throw new AppError('UPSTREAM_UNAVAILABLE', `Redis does not have the vector set of ${release}`);
    const movieIds = new Int32Array(answer.length / 2);
    const scores = new Float32Array(answer.length / 2);
    for (let place = 0; place < movieIds.length; place++) {
      movieIds[place] = Number(String(answer[2 * place]).slice(1));
      scores[place] = innerProductOf(Number(answer[2 * place + 1]), maxNorm, query);
    }
    return { movieIds, scores };
  }

  /** Removes everything of this model. */
  async clear(): Promise<void> {
    for (const release of (await this.#link.command(['SMEMBERS', this.keys.releases])) as string[]) {
      const keys = this.keys.release(release);
      const meta = await this.#readMeta(release);
      const parts = meta ? partsOf(keys, { ...meta, vectors: null }) : [];
      await this.#link.command(['UNLINK', keys.meta, keys.vectors, ...parts]);
    }
    await this.#link.command(['UNLINK', this.keys.current, this.keys.releases]);
    await this.#link.command(['PUBLISH', this.keys.changes, '']);
  }

  /** Lets go what neither serves nor would after a rollback; the time of what goes already is not lengthened. */
  async #expireOthers({ release, earlier: [reachable] }: PublishedPointer): Promise<void> {
    const known = (await this.#link.command(['SMEMBERS', this.keys.releases])) as string[];
    for (const other of known.filter((one) => one !== release && one !== reachable?.release)) {
      const meta = await this.#readMeta(other);
      if (!meta) {
        await this.#link.command(['SREM', this.keys.releases, other]);
        continue;
      }
      for (const key of partsOf(this.keys.release(other), meta))
        await this.#link.command(['EXPIRE', key, String(OLD_RELEASE_SECONDS), 'NX']);
    }
  }

  async #hasVectors(release: string, timeoutMs?: number): Promise<boolean> {
    return (await this.#link.command(['EXISTS', this.keys.release(release).vectors], timeoutMs)) === 1;
  }

  async #hasBlob(release: string, meta: ReleaseMeta): Promise<boolean> {
    const parts = partsOf(this.keys.release(release), { ...meta, vectors: null });
    return (await this.#link.command(['EXISTS', ...parts])) === parts.length;
  }

  /** Null where it is missing or not one of ours. */
  async #readMeta(release: string, timeoutMs?: number): Promise<ReleaseMeta | null> {
    const text = await this.#link.command(['GET', this.keys.release(release).meta], timeoutMs);
    if (typeof text !== 'string') return null;
    try {
      return metaSchema.safeParse(JSON.parse(text)).data ?? null;
    } catch {
      return null;
    }
  }

  async #writeMeta(release: string, meta: ReleaseMeta, expiry: readonly string[] = EXPIRING): Promise<void> {
    await this.#link.command(['SET', this.keys.release(release).meta, JSON.stringify(meta), ...expiry]);
  }
}

const EXPIRING = ['EX', String(OLD_RELEASE_SECONDS)];

/** Every key of a version that must be there: what is known of it, its chunks, and its vector set where it has one. */
function partsOf(keys: ReleaseKeys, { bytes, chunkBytes, vectors }: ReleaseMeta): string[] {
  const chunks = Array.from({ length: Math.ceil(bytes / chunkBytes) }, (_, index) => keys.chunk(index));
  return [keys.meta, ...chunks, ...(vectors && vectors.count > 0 ? [keys.vectors] : [])];
}

/** The bytes of all parts one behind the other, cut anew. */
function* chunksOf(parts: readonly Buffer[], size: number): Generator<Buffer> {
  let pending: Buffer[] = [];
  let length = 0;
  for (const part of parts) {
    for (let start = 0; start < part.byteLength;) {
      const piece = part.subarray(start, start + size - length);
      pending.push(piece);
      length += piece.byteLength;
      start += piece.byteLength;
      if (length < size) continue;
      yield Buffer.concat(pending);
      pending = [];
      length = 0;
    }
  }
  if (length > 0) yield Buffer.concat(pending);
}

/** Takes bytes from a version's chunks in order, holding one chunk at a time. */
class ChunkReader {
  readonly #meta: ReleaseMeta;
  readonly #read: (index: number) => Promise<Buffer>;
  #index = 0;
  #left: Buffer = Buffer.alloc(0);

  constructor(meta: ReleaseMeta, read: (index: number) => Promise<Buffer>) {
    this.#meta = meta;
    this.#read = read;
  }

  /** So many bytes in shared memory, or as many as there are. */
  async take(length: number): Promise<Uint8Array> {
    const bytes = sharedBytes(length);
    let filled = 0;
    while (filled < length) {
      if (this.#left.byteLength === 0) {
        if (this.#index * this.#meta.chunkBytes >= this.#meta.bytes) return bytes.subarray(0, filled);
        this.#left = await this.#read(this.#index++);
      }
      const taken = this.#left.copy(bytes, filled);
      this.#left = this.#left.subarray(taken);
      filled += taken;
    }
    return bytes;
  }
}
