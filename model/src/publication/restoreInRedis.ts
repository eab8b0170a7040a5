import type { Artifact } from '../artifact/manifest.ts';
import type { AttributesOf, RedisModelStore } from '../redis/modelStore.ts';
import { isLater, isSamePublication, type PublishedPointer } from '../redis/pointer.ts';

export interface RestoreOptions {
  store: RedisModelStore;
  attributesOf: AttributesOf;
}

/** A publication that Redis has again. */
export interface Restored {
  /** The part that Redis lacked. */
  lacked: 'blob' | 'vectors' | 'pointer';
  /** False where this Redis has no vector sets: the model is shared without one. */
  hasVectorSets: boolean;
}

/**
 * Gives Redis the parts of a publication that it lacks, as after coming back empty: the blob, then the pointer so that others
 * can serve, then the vectors, which take longest.
 * @param artifact the version that `wanted` points to
 * @returns null where Redis lacks nothing, has a later publication, or another process is writing to it
 * @throws AppError UPSTREAM_UNAVAILABLE where Redis does not answer
 */
export async function restoreInRedis(
  artifact: Artifact,
  wanted: PublishedPointer,
  { store, attributesOf }: RestoreOptions,
): Promise<Restored | null> {
  if ((await lacksOf(store, wanted)) === null) return null;
  return store.withLease(0, async () => {
    // Another server may have been faster, or a trainer may have published.
    const lacks = await lacksOf(store, wanted);
    if (lacks === null) return null;
    if (lacks.missing === 'blob') await store.writeBlob(artifact);
    if (lacks.missing === 'vectors') await store.dropVectors(wanted.release);
    if (!(await store.movePointer(wanted, lacks.text))) return null;
    const hasVectorSets = await store.hasVectorSets();
    if (hasVectorSets && lacks.missing !== null) {
      await store.writeVectors(artifact, attributesOf);
      const { text, pointer } = await store.readPointer();
      if (pointer && isSamePublication(pointer, wanted)) await store.movePointer(wanted, text);
    }
    return { lacked: lacks.missing ?? 'pointer', hasVectorSets };
  });
}

/** The parts of a publication that Redis lacks; null where it lacks nothing, or has a later one. */
async function lacksOf(
  store: RedisModelStore,
  wanted: PublishedPointer,
): Promise<{ text: string; missing: 'blob' | 'vectors' | null } | null> {
  const { text, pointer } = await store.readPointer();
  const isThere = isSamePublication(pointer, wanted);
  if (pointer && !isThere && !isLater(wanted, pointer)) return null;
  const missing = await store.missingOf(wanted.release);
  return isThere && missing === null ? null : { text, missing };
}
