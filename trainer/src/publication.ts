import {
  findManifest,
  readArtifact,
  readCurrentVersion,
  releaseOf,
  type CurrentVersion,
} from '@pocketrocket/model/artifact';
import { openDatabase } from '@pocketrocket/schema/database';
import {
  isLater,
  isSamePublication,
  RedisLink,
  RedisModelStore,
  type AttributesOf,
  type PublishedPointer,
  type ReleaseRef,
} from '@pocketrocket/model/redis';
import {
  AppError,
  isUnavailable,
  messageOf,
  type Config,
  type Logger,
  type Progress,
} from '@pocketrocket/runtime';
import { readMovies } from './data/movies.ts';

export interface PublicationDeps {
  config: Config;
  logger: Logger;
  progress: Progress;
}

/** What was published when a decision to publish began to be made. */
export interface Published {
  /** Null where nobody has chosen yet; undefined where the pointer cannot be understood. */
  onDisk: CurrentVersion | null | undefined;
  /** Null where Redis has none; undefined without Redis, or while it is away. */
  inRedis: PublishedPointer | null | undefined;
}

/** How long to wait for another that writes to Redis: a vector set takes its time. */
const LEASE_WAIT_MS = 300_000;
const CONNECT_MS = 5_000;

/** Looks what is published, on disk and in Redis. */
export async function readPublished({ config, logger }: PublicationDeps): Promise<Published> {
  const onDisk = await readCurrentVersion(config.modelDir).catch((error: unknown) => {
    if (error instanceof AppError) return undefined;
    throw error;
  });
  const inRedis = await withStore(config, logger, async (store) => (await store.readPointer()).pointer).catch(
    (error: unknown) => {
      if (isUnavailable(error)) return undefined;
      throw error;
    },
  );
  return { onDisk, inRedis };
}

/**
 * Changes what is published: on disk, and then in Redis where one is configured. Where somebody else has published in Redis since
 * `before`, nothing is changed at all. Where Redis does not answer, the disk is changed alone: servers that have the model directory
 * follow it, and give it to Redis when that is back.
 * @param changeOnDisk moves the pointer on disk
 * @returns with the reason why Redis was left out; null where it has the same as the disk, or there is none
 * @throws AppError CONFLICT when another has published meanwhile, and whatever `changeOnDisk` throws
 */
export async function changePublished<Result>(
  deps: PublicationDeps,
  before: Published,
  changeOnDisk: () => Promise<Result>,
): Promise<{ result: Result; redisProblem: string | null }> {
  const { config, logger } = deps;
  let changed: { result: Result } | undefined;
  try {
    await withStore(config, logger, async (store) => {
      const done = await store.withLease(LEASE_WAIT_MS, async () => {
        const { text, pointer } = await store.readPointer();
        refuseIfChanged(before, pointer);
        changed = { result: await changeOnDisk() };
        await follow(deps, store, { text, pointer });
        return true;
      });
      if (done === null)
        throw new AppError('CONFLICT', 'another process is publishing to Redis and does not finish');
    });
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    changed ??= { result: await changeOnDisk() };
    return { ...changed, redisProblem: messageOf(error) };
  }
  changed ??= { result: await changeOnDisk() };
  return { ...changed, redisProblem: null };
}

/** Ends a command whose work stands on disk alone, after its result was printed. @throws AppError UPSTREAM_UNAVAILABLE */
export function refuseToEndWithout(redisProblem: string | null): void {
  if (redisProblem === null) return;
  throw new AppError(
    'UPSTREAM_UNAVAILABLE',
    `the model directory is changed, but Redis is not: ${redisProblem}. Servers that have this directory follow it all the same and ` +
      'give Redis what it lacks when it answers; for those that have none, publish the version again then',
  );
}

function refuseIfChanged({ onDisk, inRedis }: Published, found: PublishedPointer | null): void {
  // A server may have given Redis what it lacked, which is no news.
  const isKnown =
    !found || isSamePublication(found, inRedis ?? null) || isSamePublication(found, onDisk ?? null);
  if (isKnown || inRedis === undefined) return;
  throw new AppError(
    'CONFLICT',
    `nothing was published: meanwhile version ${found.version} was, in Redis (${found.release}). Look at it, and publish ` +
      'all the same with `npm run trainer -- publish <version>`',
  );
}

/** Gives Redis what the disk points to, and what a rollback would reach; then the pointer. */
async function follow(
  deps: PublicationDeps,
  store: RedisModelStore,
  stored: { text: string; pointer: PublishedPointer | null },
): Promise<void> {
  const { modelDir } = deps.config;
  const current = await readCurrentVersion(modelDir);
  if (!current) return;
  const hasVectorSets = await store.hasVectorSets();
  if (!hasVectorSets)
    deps.logger.warn(
      'this Redis has no vector sets, as Redis 8 has: the model is shared all the same; RETRIEVAL=redis and other clients find no vectors',
    );
  const refs = await Promise.all([current.version, ...current.earlier].map((each) => refOf(modelDir, each)));
  const [first, ...earlier] = refs.filter((ref) => ref !== null);
  if (first?.version !== current.version)
    throw new AppError('ARTIFACT_INVALID', `version ${current.version} cannot be read: it is not in Redis`);
  for (const ref of [first, ...earlier.slice(0, 1)]) {
    const missing = await store.missingOf(ref.release);
    if (missing === null) continue;
    const artifact = await readArtifact(modelDir, ref.version).catch((error: unknown) => {
      if (ref !== first && error instanceof AppError) return null;
      throw error;
    });
    if (!artifact) continue;
    if (missing === 'blob')
      await staged(deps, 'model to Redis', 'bytes', (told) => store.writeBlob(artifact, told));
    if (!hasVectorSets) continue;
    const attributesOf = await readAttributesOf(deps);
    await staged(deps, 'vectors to Redis', 'items', (told) =>
      store.writeVectors(artifact, attributesOf, told),
    );
  }
  // Of two publications the later one counts, whatever this machine's clock says.
  const { pointer, text } = stored;
  const changedAt =
    pointer && !isLater(current, pointer) && !isSamePublication(current, pointer)
      ? new Date(Date.parse(pointer.changedAt) + 1).toISOString()
      : current.changedAt;
  if (!(await store.movePointer({ ...first, earlier, changedAt }, text)))
    throw new AppError(
      'CONFLICT',
      `version ${current.version} is published on disk, but somebody else has published in Redis at the same moment`,
    );
}

async function refOf(modelDir: string, version: number): Promise<ReleaseRef | null> {
  const manifest = await findManifest(modelDir, version);
  return manifest && { version, release: releaseOf(manifest) };
}

/** Shows a stage whose size the work tells. */
async function staged<Result>(
  { progress }: PublicationDeps,
  name: string,
  unit: string,
  work: (told: (done: number, total: number) => void) => Promise<Result>,
): Promise<Result> {
  let stage: ReturnType<Progress['stage']> | undefined;
  const result = await work((done, total) => {
    stage ??= progress.stage(name, total, unit);
    stage.update(done);
  });
  stage?.finish();
  return result;
}

async function readAttributesOf({ config }: PublicationDeps): Promise<AttributesOf> {
  const database = await openDatabase({ url: config.databaseUrl });
  try {
    const movies = await readMovies(database);
    return (movieId) => {
      const movie = movies.get(movieId);
      return movie ? { year: movie.releaseYear, genres: movie.genres } : null;
    };
  } finally {
    await database.close();
  }
}

/** @returns undefined without Redis @throws AppError UPSTREAM_UNAVAILABLE where it does not answer */
async function withStore<Result>(
  { redisUrl, modelName }: Config,
  logger: Logger,
  work: (store: RedisModelStore) => Promise<Result>,
): Promise<Result | undefined> {
  if (redisUrl === null) return undefined;
  const link = new RedisLink({ url: redisUrl, name: 'pocketrocket-trainer', logger });
  try {
    if (!(await link.connected(CONNECT_MS)))
      throw new AppError('UPSTREAM_UNAVAILABLE', link.problem() ?? 'Redis does not answer');
    return await work(new RedisModelStore(link, modelName));
  } finally {
    link.close();
  }
}
