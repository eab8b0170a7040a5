import { AppError, isUnavailable, messageOf, type Config, type Logger } from '@pocketrocket/runtime';
import { readCurrentVersion, type CurrentVersion } from '../artifact/current.ts';
import { RedisLink } from '../redis/link.ts';
import { RedisModelStore } from '../redis/modelStore.ts';
import { isSamePublication, type PublishedPointer } from '../redis/pointer.ts';
import { followIntoRedis, type FollowDeps } from './followIntoRedis.ts';

/** Dependencies of publishing. */
export interface PublicationDeps extends FollowDeps {
  config: Pick<Config, 'modelDir' | 'redisUrl' | 'modelName'>;
  logger: Logger;
  /** The name under which Redis lists this process' connection. */
  clientName: string;
}

/** The publication when the decision to publish began to be made. */
export interface Published {
  /** Null where nobody has chosen yet; undefined where the pointer cannot be understood. */
  onDisk: CurrentVersion | null | undefined;
  /** Null where Redis has none; undefined without Redis, or while it is away. */
  inRedis: PublishedPointer | null | undefined;
}

/** Longest wait for another process that writes to Redis: a vector set takes its time. */
const LEASE_WAIT_MS = 300_000;
const CONNECT_MS = 5_000;

/** Looks what is published, on disk and in Redis. */
export async function readPublished(deps: PublicationDeps): Promise<Published> {
  const onDisk = await readCurrentVersion(deps.config.modelDir).catch((error: unknown) => {
    if (error instanceof AppError) return undefined;
    throw error;
  });
  const inRedis = await withStore(deps, async (store) => (await store.readPointer()).pointer).catch(
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
  let changed: { result: Result } | undefined;
  try {
    await withStore(deps, async (store) => {
      const done = await store.withLease(LEASE_WAIT_MS, async () => {
        const { text, pointer } = await store.readPointer();
        refuseIfChanged(before, pointer);
        changed = { result: await changeOnDisk() };
        await followIntoRedis(deps, store, { text, pointer });
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

function refuseIfChanged({ onDisk, inRedis }: Published, found: PublishedPointer | null): void {
  // A server may have given Redis what it lacked, and old versions may have been removed, which is no news.
  const isKnown = !found || found.release === inRedis?.release || isSamePublication(found, onDisk ?? null);
  if (isKnown || inRedis === undefined) return;
  throw new AppError(
    'CONFLICT',
    `nothing was published: meanwhile version ${found.version} was published in Redis (${found.release}). Check it, and publish ` +
      'anyway with `npm run trainer -- publish <version>`',
  );
}

/** @returns undefined without Redis @throws AppError UPSTREAM_UNAVAILABLE where it does not answer */
async function withStore<Result>(
  { config: { redisUrl, modelName }, logger, clientName }: PublicationDeps,
  work: (store: RedisModelStore) => Promise<Result>,
): Promise<Result | undefined> {
  if (redisUrl === null) return undefined;
  const link = new RedisLink({ url: redisUrl, name: clientName, logger });
  try {
    if (!(await link.connected(CONNECT_MS)))
      throw new AppError('UPSTREAM_UNAVAILABLE', link.problem() ?? 'Redis does not answer');
    return await work(new RedisModelStore(link, modelName));
  } finally {
    link.close();
  }
}
