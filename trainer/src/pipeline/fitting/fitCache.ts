import { mkdir, readdir, rm, stat, statfs, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import {
  engineFingerprint,
  fittedFromTensors,
  fittedToTensors,
  type EpochProgress,
  type FitResults,
  type Tensors,
} from '@pocketrocket/engine';
import { isAlive, messageOf, systemErrorCode, type Logger } from '@pocketrocket/runtime';
import { bytesOfTensorFolder, readTensorFolder, writeTensorFolder } from '../../tensors/tensorFolder.ts';
import type { StageFacts } from '../../tensors/tensorFolder.ts';
import type { NamedTensors } from '../../tensors/namedTensors.ts';
import type { FitData } from './fitData.ts';
import type { FitJob, FittedName, Fitter } from './fitter.ts';
import { hashPlainData } from './hashPlainData.ts';

/** Default size limit of the cache on disk, in bytes. */
export const DEFAULT_CACHE_BYTES = 2 * 2 ** 30;

const SUFFIX = '.stage';
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
    data: FitData,
    onEpoch: (progress: EpochProgress) => void,
    signal: AbortSignal,
    threads?: number,
  ) => {
    signal.throwIfAborted();
    const key = hashPlainData({ engine: engineFingerprint(), job });
    const path = join(folder, `${job.name}-${key}${SUFFIX}`);
    let isUnreadable = false;
    const kept = await readStage(job.name, path).catch((error: unknown) => {
      logger.warn({ stage: job.name, path, reason: messageOf(error) }, 'cached fit unreadable: fitted again');
      isUnreadable = true;
      return null;
    });
    if (kept) {
      logger.info({ stage: job.name, key: key.slice(0, 12) }, 'cached fit reused');
      // Whoever draws the loss sees it as if the stage had been fitted again; that it diverged then was told then.
      for (const { endedBy: _, ...progress } of kept.epochs) onEpoch(progress);
      return kept.model;
    }
    const epochs: EpochProgress[] = [];
    const model = await fit(
      job,
      data,
      (progress) => {
        epochs.push(progress);
        onEpoch(progress);
      },
      signal,
      threads,
    );
    try {
      if (isUnreadable) await remove(path);
      const facts = { name: job.name, fingerprint: key, settings: { ...job }, epochs };
      await writeStage(folder, path, facts, fittedToTensors(job.name, model), maxBytes);
    } catch (error) {
      if (systemErrorCode(error) === undefined) throw error;
      logger.warn({ stage: job.name, folder, reason: messageOf(error) }, 'fit not cached');
    }
    return model;
  };
}

interface KeptStage<Name extends FittedName> {
  model: FitResults[Name];
  /** As they were reported while it was fitted. */
  epochs: readonly EpochProgress[];
}

/** Reads a cached fit and marks it as used now; null where there is none. */
async function readStage<Name extends FittedName>(name: Name, path: string): Promise<KeptStage<Name> | null> {
  const stage = await readTensorFolder(path);
  if (stage === null) return null;
  const model = fittedFromTensors(name, stage.tensors as Tensors);
  const now = new Date();
  await utimes(path, now, now);
  return { model, epochs: stage.epochs ?? [] };
}

async function writeStage(
  folder: string,
  path: string,
  facts: StageFacts,
  tensors: NamedTensors,
  maxBytes: number,
): Promise<void> {
  const size = bytesOfTensorFolder(facts, tensors);
  if (size > maxBytes) return;
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  // The model that is to be written needs the room more.
  if (size > MOST_OF_FREE * bavail * bsize) return;
  await evict(folder, maxBytes - size);
  await writeTensorFolder(path, facts, tensors);
}

/** Removes the stages unused for longest until the rest fits, and what killed trainers left half written. */
async function evict(folder: string, maxBytes: number): Promise<void> {
  const names = await readdir(folder);
  for (const name of names) {
    const pid = /^\.staging-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await remove(join(folder, name));
  }
  const stages = await Promise.all(
    names.filter((name) => name.endsWith(SUFFIX)).map((name) => measured(join(folder, name))),
  );
  let total = stages.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes } of stages.sort((a, b) => a.usedAt - b.usedAt)) {
    if (total <= maxBytes) return;
    await remove(path);
    total -= bytes;
  }
}

/** The size and last use of a stage, one file where an earlier release wrote it; nothing where another trainer evicts it meanwhile. */
async function measured(path: string): Promise<{ path: string; bytes: number; usedAt: number }> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return { path, bytes: found?.size ?? 0, usedAt: found?.mtimeMs ?? 0 };
  const files = await readdir(path).catch(() => []);
  const sizes = await Promise.all(files.map((file) => stat(join(path, file)).catch(() => null)));
  const bytes = sizes.reduce((sum, file) => sum + (file?.size ?? 0), 0);
  return { path, bytes, usedAt: found.mtimeMs };
}

function remove(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true });
}
