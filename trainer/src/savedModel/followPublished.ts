import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { toLoadedModel } from '@pocketrocket/model';
import { listVersions, versionDir, writeVersionFile } from '@pocketrocket/model/artifact';
import type { RedisModelStore, ReleaseRef } from '@pocketrocket/model/redis';
import { AppError, isUnavailable, messageOf, systemErrorCode, type Logger } from '@pocketrocket/runtime';
import { savedModelFiles } from './neuralCFSavedModel.ts';

/** Names the release whose numbers a version's folder has: versions may be counted anew, as after a new installation. */
const RELEASE_FILE = join('assets.extra', 'release');
const LOOK_EVERY_MS = 2_000;
/** Longer than TensorFlow Serving takes to look at the folder again, by its default. */
const UNLOAD_MS = 5_000;

export interface FollowOptions {
  store: Pick<RedisModelStore, 'readPointer' | 'read' | 'onChange'>;
  /** The folder of `recmodel/`. */
  out: string;
  logger: Logger;
  /** Told of each SavedModel that was written. */
  onWritten: (file: string, version: number) => void;
}

/**
 * Keeps a folder as TensorFlow Serving reads it like what is published in Redis: the version that serves and the one that a rollback would
 * reach, and no others. Ends when it is told to; while Redis is away the folder stays as it is.
 * @throws AppError ENVIRONMENT where the folder cannot be written
 */
export async function followPublished(options: FollowOptions, signal: AbortSignal): Promise<void> {
  await removeLeftBehind(options.out);
  const unreadable = new Set<string>();
  let wake = new AbortController();
  await options.store.onChange(() => {
    unreadable.clear();
    wake.abort();
  });
  while (!signal.aborted) {
    wake = new AbortController();
    await takeOver(options, unreadable, signal).catch((error: unknown) => {
      if (!isUnavailable(error)) throw error;
    });
    await setTimeout(LOOK_EVERY_MS, null, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => {
      // Told to stop, or of a publication: either way there is no reason to wait.
    });
  }
}

/** Nobody else writes here: what is half written is of this command, killed before, whose number in a container is always the same. */
async function removeLeftBehind(out: string): Promise<void> {
  const names = await readdir(out).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names)
    if (name.startsWith('.staging-')) await rm(join(out, name), { recursive: true, force: true });
}

/** @param unreadable names of releases that could not be read: each is tried and told once until something is published */
async function takeOver(options: FollowOptions, unreadable: Set<string>, signal: AbortSignal): Promise<void> {
  const { store, out } = options;
  const { pointer } = await store.readPointer();
  if (!pointer) return;
  const wanted = [pointer, ...pointer.earlier.slice(0, 1)];
  for (const ref of wanted) {
    const held = await releaseIn(out, ref.version);
    if (held === ref.release || unreadable.has(ref.release)) continue;
    if (held !== null) {
      // TensorFlow Serving loads a number anew only once it has seen it gone.
      await rm(versionDir(out, ref.version), { recursive: true, force: true });
      await setTimeout(UNLOAD_MS, null, { signal }).catch(() => {
        // Told to stop: the next start writes it.
      });
      if (signal.aborted) return;
    }
    if (!(await write(ref, options))) unreadable.add(ref.release);
  }
  for (const version of await listVersions(out))
    if (!wanted.some((ref) => ref.version === version))
      await rm(versionDir(out, version), { recursive: true, force: true });
}

/** False for a release that cannot be read. */
async function write(ref: ReleaseRef, { store, out, logger, onWritten }: FollowOptions): Promise<boolean> {
  const { version, release } = ref;
  try {
    const { recommender, users, items } = toLoadedModel(await store.read(ref));
    const ids = { userIds: users.ids, movieIds: items.ids };
    for (const file of savedModelFiles(recommender, ids, logger))
      onWritten(await writeVersionFile(out, version, file), version);
    // Last: a folder without it is written again.
    await writeVersionFile(out, version, { path: RELEASE_FILE, bytes: Buffer.from(release) });
    return true;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ARTIFACT_INVALID') throw error;
    logger.warn({ version, problem: messageOf(error) }, 'a published version cannot be exported');
    return false;
  }
}

async function releaseIn(out: string, version: number): Promise<string | null> {
  return readFile(join(versionDir(out, version), RELEASE_FILE), 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  });
}
