import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { toLoadedModel } from '@pocketrocket/model';
import { listVersions, removeStaleStaging, versionDir, writeVersionFile } from '@pocketrocket/model/artifact';
import type { RedisModelStore, ReleaseRef } from '@pocketrocket/model/redis';
import { AppError, isUnavailable, messageOf, systemErrorCode, type Logger } from '@pocketrocket/runtime';
import { savedModelFiles } from './neuralCFSavedModel.ts';

/** Names the release whose numbers a version's folder has: versions may be counted anew, as after a new installation. */
const RELEASE_FILE = join('assets.extra', 'release');
const LOOK_EVERY_MS = 2_000;

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
  await removeStaleStaging(options.out);
  let wake = new AbortController();
  await options.store.onChange(() => wake.abort());
  while (!signal.aborted) {
    wake = new AbortController();
    await takeOver(options).catch((error: unknown) => {
      if (!isUnavailable(error)) throw error;
    });
    await setTimeout(LOOK_EVERY_MS, null, { signal: AbortSignal.any([signal, wake.signal]) }).catch(() => {
      // Told to stop, or of a publication: either way there is no reason to wait.
    });
  }
}

async function takeOver(options: FollowOptions): Promise<void> {
  const { store, out } = options;
  const { pointer } = await store.readPointer();
  if (!pointer) return;
  const wanted = [pointer, ...pointer.earlier.slice(0, 1)];
  for (const ref of wanted)
    if ((await releaseIn(out, ref.version)) !== ref.release) await write(ref, options);
  for (const version of await listVersions(out))
    if (!wanted.some((ref) => ref.version === version))
      await rm(versionDir(out, version), { recursive: true, force: true });
}

async function write(ref: ReleaseRef, { store, out, logger, onWritten }: FollowOptions): Promise<void> {
  const { version, release } = ref;
  try {
    const { recommender, users, items } = toLoadedModel(await store.read(ref));
    const ids = { userIds: users.ids, movieIds: items.ids };
    for (const file of savedModelFiles(recommender.neuralCF, ids, logger))
      onWritten(await writeVersionFile(out, version, file), version);
    // Last: a folder without it is written again.
    await writeVersionFile(out, version, { path: RELEASE_FILE, bytes: Buffer.from(release) });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ARTIFACT_INVALID') throw error;
    logger.warn({ version, problem: messageOf(error) }, 'a published version cannot be exported');
  }
}

async function releaseIn(out: string, version: number): Promise<string | null> {
  return readFile(join(versionDir(out, version), RELEASE_FILE), 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  });
}
