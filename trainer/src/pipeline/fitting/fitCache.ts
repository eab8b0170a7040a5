import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, statfs, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { engineFingerprint, type EpochProgress } from '@pocketrocket/engine';
import { isAlive, messageOf, systemErrorCode, type Logger } from '@pocketrocket/runtime';
import type { FitJob, FittedName, Fitter } from './fitter.ts';
import { hashPlainData } from './hashPlainData.ts';

/** Default size limit of the cache on disk, in bytes. */
export const DEFAULT_CACHE_BYTES = 2 * 2 ** 30;

const SUFFIX = '.stage';
const CHECKSUM_BYTES = 32;
/** Share of the free disk that one stage may take. */
const MOST_OF_FREE = 0.25;

export interface StageCacheOptions {
  logger: Logger;
  /** Beyond it the stages that were not used for longest go. */
  maxBytes?: number;
}

/** The folder of a model directory in which finished fits are cached. */
export function fitCacheDir(modelDir: string): string {
  return join(modelDir, '.stages');
}

/**
 * Fits what was not fitted before and reuses what was: a job with the same data, options, seed and predecessors, by the same
 * engine. Each result is kept as soon as it is there, so that an interrupted run goes on where it was.
 *
 * A stage that cannot be read is fitted again. Where the folder cannot be written, fitting goes on without it; both are logged.
 */
export function cachedFitter(fit: Fitter, folder: string, options: StageCacheOptions): Fitter {
  const { logger, maxBytes = DEFAULT_CACHE_BYTES } = options;
  return async <Name extends FittedName>(
    job: FitJob<Name>,
    onEpoch: (progress: EpochProgress) => void,
    signal: AbortSignal,
  ) => {
    signal.throwIfAborted();
    const key = hashPlainData({ engine: engineFingerprint(), job });
    const path = join(folder, `${job.name}-${key}${SUFFIX}`);
    type Model = Awaited<ReturnType<typeof fit<Name>>>;
    const kept = await readStage<Model>(path).catch((error: unknown) => {
      logger.warn({ stage: job.name, path, reason: messageOf(error) }, 'cached fit unreadable: fitted again');
      return null;
    });
    if (kept) {
      logger.info({ stage: job.name, key: key.slice(0, 12) }, 'cached fit reused');
      // Whoever draws the loss sees it as if the stage had been fitted again.
      kept.epochs.forEach(onEpoch);
      return kept.model;
    }
    const epochs: EpochProgress[] = [];
    const model = await fit(
      job,
      (progress) => {
        epochs.push(progress);
        onEpoch(progress);
      },
      signal,
    );
    try {
      await writeStage(folder, path, { model, epochs }, maxBytes);
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      logger.warn({ stage: job.name, folder, reason: messageOf(error) }, 'fit not cached');
    }
    return model;
  };
}

interface KeptStage<Model> {
  model: Model;
  /** As they were reported while it was fitted. */
  epochs: readonly EpochProgress[];
}

/** Reads a cached fit and marks it as used now; null where there is none. */
async function readStage<Model>(path: string): Promise<KeptStage<Model> | null> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  });
  if (bytes === null) return null;
  const content = bytes.subarray(CHECKSUM_BYTES);
  if (!digest(content).equals(bytes.subarray(0, CHECKSUM_BYTES))) throw new Error('its checksum differs');
  const now = new Date();
  await utimes(path, now, now);
  return deserialize(content) as KeptStage<Model>;
}

async function writeStage(
  folder: string,
  path: string,
  stage: KeptStage<unknown>,
  maxBytes: number,
): Promise<void> {
  const content = serialize(stage);
  const size = CHECKSUM_BYTES + content.byteLength;
  if (size > maxBytes) return;
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  // The model that is to be written needs the room more.
  if (size > MOST_OF_FREE * bavail * bsize) return;
  await evict(folder, maxBytes - size);
  const staging = join(folder, `.staging-${process.pid}-${randomUUID()}`);
  try {
    await writeFile(staging, digest(content));
    await writeFile(staging, content, { flag: 'a', flush: true });
    await rename(staging, path);
  } finally {
    await rm(staging, { force: true });
  }
}

/** Removes the stages unused for longest until the rest fits, and what killed trainers left half written. */
async function evict(folder: string, maxBytes: number): Promise<void> {
  const names = await readdir(folder);
  for (const name of names) {
    const pid = /^\.staging-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(folder, name), { force: true });
  }
  const stages = await Promise.all(
    names
      .filter((name) => name.endsWith(SUFFIX))
      .map(async (name) => {
        const path = join(folder, name);
        // Another trainer may have evicted it in between.
        const found = await stat(path).catch(() => null);
        return { path, bytes: found?.size ?? 0, usedAt: found?.mtimeMs ?? 0 };
      }),
  );
  let total = stages.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes } of stages.sort((a, b) => a.usedAt - b.usedAt)) {
    if (total <= maxBytes) return;
    await rm(path, { force: true });
    total -= bytes;
  }
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
