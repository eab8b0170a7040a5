import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, claimUse, messageOf, systemErrorCode, usesOf } from '@pocketrocket/runtime';
import { toUri } from './ratingSource.ts';

/** Marks a folder as used as long as its process lives. */
const USE = 'use';
/** Names the storage of a run whose storage is elsewhere; the last that is removed. */
const STORAGE = 'storage.txt';
const LOG = '.log';
/** Executors that end may write while their files are removed. */
const REMOVAL = { recursive: true, force: true, maxRetries: 5 } as const;

/** A run whose process is no more, and that has left something. */
export interface LeftBehind {
  folder: string;
  /** URI of its storage; null where that was in its folder. */
  storage: string | null;
}

/** The folder of one run on Spark, and the log beside it: what Spark said is wanted after the run has failed. */
export interface RunFolder {
  path: string;
  log: string;
  /** URI of the folder in which driver and executors leave things to each other. */
  storage: string;
  /** Other runs that left something; of those that left their log alone it is removed. */
  leftBehind: readonly LeftBehind[];
  /** Removes the folder; of one whose storage is not removed, all but what tells the next run of it. */
  close(isStorageRemoved: boolean): Promise<void>;
}

/**
 * Makes the folder of a run.
 * @param storage folder or URI for the storages of all runs; null for the run's own folder
 * @throws AppError ENVIRONMENT where it cannot be written
 */
export async function makeRunFolder(modelDir: string, storage: string | null): Promise<RunFolder> {
  const runs = join(modelDir, '.spark');
  const id = randomUUID();
  const path = join(runs, id);
  const release = claimUse([join(path, USE)], { purpose: 'trainer' });
  const ownStorage = storage === null ? null : `${toUri(storage)}/${id}`;
  try {
    if (ownStorage !== null) await writeFile(join(path, STORAGE), ownStorage);
    const log = `${path}${LOG}`;
    await writeFile(log, '');
    return {
      path,
      log,
      storage: ownStorage ?? toUri(join(path, 'storage')),
      leftBehind: await leftIn(runs),
      async close(isStorageRemoved) {
        release();
        if (ownStorage !== null && !isStorageRemoved) {
          for (const name of await readdir(path)) if (name !== STORAGE) await rm(join(path, name), REMOVAL);
        } else await rm(path, REMOVAL);
      },
    };
  } catch (error) {
    release();
    if (systemErrorCode(error) === undefined) throw error;
    throw new AppError('ENVIRONMENT', `${runs} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

async function leftIn(runs: string): Promise<LeftBehind[]> {
  const found: LeftBehind[] = [];
  for (const name of await readdir(runs)) {
    const folder = join(runs, name.endsWith(LOG) ? name.slice(0, -LOG.length) : name);
    if (usesOf(join(folder, USE)).length > 0) continue;
    if (name.endsWith(LOG)) await rm(join(runs, name), { force: true });
    else found.push({ folder, storage: await storageOf(folder) });
  }
  return found;
}

async function storageOf(folder: string): Promise<string | null> {
  try {
    return await readFile(join(folder, STORAGE), 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Removes what another run left behind. */
export async function removeLeftBehind({ folder }: LeftBehind): Promise<void> {
  await rm(folder, REMOVAL);
}
