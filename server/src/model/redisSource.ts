import {
  readArtifact,
  readCurrentVersion,
  readManifest,
  releaseOf,
  servingOrder,
  type Artifact,
} from '@pocketrocket/model/artifact';
import { releasesOnDisk, restoreInRedis } from '@pocketrocket/model/publication';
import {
  isLater,
  type AttributesOf,
  type PublishedPointer,
  type RedisModelStore,
  type ReleaseRef,
} from '@pocketrocket/model/redis';
import { AppError, isUnavailable, messageOf, type Logger } from '@pocketrocket/runtime';
import type { ModelSource, PublishedVersion, ServedArtifact } from './modelSource.ts';

export interface RedisSourceOptions {
  store: RedisModelStore;
  /** Beside Redis, and in its place while it is away. */
  modelDir: string;
  attributesOf: AttributesOf;
  logger: Logger;
}

/**
 * Models that servers share through Redis. Of the publications in Redis and in the model directory the last one counts; where
 * Redis lacks it, or parts of it, as after coming back empty, the first server that serves it puts them there.
 */
export class RedisSource implements ModelSource {
  readonly name = 'Redis and the model directory';
  readonly #options: RedisSourceOptions;
  /** The last publication ever seen in Redis: it outlives Redis' memory. */
  #seen: PublishedPointer | null = null;
  #wanted: PublishedPointer | null = null;
  #isRestoring = false;
  #isAway = false;
  #isToldOfVectors = false;

  constructor(options: RedisSourceOptions) {
    this.#options = options;
  }

  absence(): string | null {
    return this.#isAway ? 'Redis, where models are published, cannot be read' : null;
  }

  async versions(): Promise<PublishedVersion[]> {
    const stored = await unlessUnavailable(() => this.#options.store.readPointer());
    this.#isAway = stored === null;
    const pointer = stored?.pointer ?? null;
    if (pointer && (this.#seen === null || !isLater(this.#seen, pointer))) this.#seen = pointer;
    const onDisk = await this.#directory();
    this.#wanted = onDisk && isLater(onDisk, this.#seen) ? onDisk : this.#seen;
    const other = this.#wanted === onDisk ? this.#seen : onDisk;
    return distinct([...refsOf(this.#wanted), ...refsOf(other)]).map((ref) => ({
      version: ref.version,
      identity: ref.release,
      read: () => this.#read(ref),
    }));
  }

  served(serving: ServedArtifact | null): void {
    const { logger } = this.#options;
    const wanted = this.#wanted;
    if (this.#isRestoring || !serving || !wanted || serving.release !== wanted.release) return;
    this.#isRestoring = true;
    void this.#restore(serving.artifact, wanted)
      .catch((error: unknown) => {
        // Redis being away is told by its connection; it is tried again at the next look.
        if (!isUnavailable(error)) logger.error({ err: error }, 'the model cannot be published to Redis');
      })
      .finally(() => (this.#isRestoring = false));
  }

  /** The directory's publication; null where it has none. One that a broken pointer hides is none as well. */
  async #directory(): Promise<PublishedPointer | null> {
    const { modelDir, logger } = this.#options;
    try {
      const current = await readCurrentVersion(modelDir);
      const order = await servingOrder(modelDir);
      const known = await releasesOnDisk(modelDir, order);
      const refs = order.map(
        (version, place): ReleaseRef => known[place] ?? { version, release: `${version}-unreadable` },
      );
      const [first, ...earlier] = refs;
      if (!first) return null;
      return { ...first, earlier, changedAt: current?.changedAt ?? NEVER };
    } catch (error) {
      logger.warn({ problem: messageOf(error), modelDir }, 'the model directory cannot be read');
      return null;
    }
  }

  /** From the directory where it has the very same, else from Redis. */
  async #read({ version, release }: ReleaseRef): Promise<Artifact> {
    const { store, modelDir } = this.#options;
    let reason: unknown;
    try {
      const manifest = await readManifest(modelDir, version);
      if (releaseOf(manifest) === release) return await readArtifact(modelDir, version);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      reason = error;
    }
    try {
      return await store.read({ version, release });
    } catch (error) {
      // What is wrong in the directory says more than that Redis does not have it either.
      const isDiskToBlame = reason !== undefined && release.endsWith('-unreadable');
      throw isDiskToBlame ? reason : error;
    }
  }

  /** Gives Redis what it lacks. */
  async #restore(artifact: Artifact, wanted: PublishedPointer): Promise<void> {
    const { logger } = this.#options;
    const startedAt = performance.now();
    const restored = await restoreInRedis(artifact, wanted, this.#options);
    if (restored === null) return;
    const { lacked, hasVectorSets } = restored;
    if (!hasVectorSets) this.#tellOfVectors();
    const { version, release } = wanted;
    const durationMs = Math.round(performance.now() - startedAt);
    logger.info({ version, release, lacked, durationMs }, 'model published to Redis');
  }

  #tellOfVectors(): void {
    if (this.#isToldOfVectors) return;
    this.#isToldOfVectors = true;
    this.#options.logger.warn(
      'this Redis has no vector sets, which need Redis 8: models are shared anyway; RETRIEVAL=redis searches in this process',
    );
  }
}

/** Earlier than any publication: what nobody chose serves only where nobody has chosen anything. */
const NEVER = new Date(0).toISOString();

function refsOf(pointer: PublishedPointer | null): ReleaseRef[] {
  return pointer ? [pointer, ...pointer.earlier] : [];
}

function distinct(refs: readonly ReleaseRef[]): ReleaseRef[] {
  return [...new Map(refs.map((ref) => [ref.release, ref])).values()];
}

async function unlessUnavailable<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (isUnavailable(error)) return null;
    throw error;
  }
}
