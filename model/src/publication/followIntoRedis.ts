import { AppError, type Config, type Logger, type Progress } from '@pocketrocket/runtime';
import { readCurrentVersion } from '../artifact/current.ts';
import { readArtifact } from '../artifact/store.ts';
import type { AttributesOf, RedisModelStore } from '../redis/modelStore.ts';
import { isLater, isSamePublication, type StoredPointer } from '../redis/pointer.ts';
import { releasesOnDisk } from './releasesOnDisk.ts';

export interface FollowDeps {
  config: Pick<Config, 'modelDir'>;
  logger: Logger;
  progress: Progress;
  /** Reads the movies' attributes; called once for each vector set that is written. */
  readAttributes(): Promise<AttributesOf>;
}

/** Gives Redis what the disk points to, and what a rollback would reach; then the pointer. */
export async function followIntoRedis(
  deps: FollowDeps,
  store: RedisModelStore,
  stored: StoredPointer,
): Promise<void> {
  const { modelDir } = deps.config;
  const current = await readCurrentVersion(modelDir);
  if (!current) return;
  const hasVectorSets = await store.hasVectorSets();
  if (!hasVectorSets)
    deps.logger.warn(
      'this Redis has no vector sets, which need Redis 8: the model is shared anyway; RETRIEVAL=redis and other clients find no vectors',
    );
  const refs = await releasesOnDisk(modelDir, [current.version, ...current.earlier]);
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
    const attributesOf = await deps.readAttributes();
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
      `version ${current.version} is published on disk, but another process published in Redis at the same time`,
    );
}

/** Shows a stage whose size the work tells. */
async function staged<Result>(
  { progress }: FollowDeps,
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
