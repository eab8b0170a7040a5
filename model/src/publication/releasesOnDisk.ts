import { releaseOf } from '../artifact/release.ts';
import { findManifest } from '../artifact/store.ts';
import type { ReleaseRef } from '../redis/pointer.ts';

/** Names the releases of a model directory's versions, in the order asked; null where a version is missing or broken. */
export function releasesOnDisk(
  modelDir: string,
  versions: readonly number[],
): Promise<(ReleaseRef | null)[]> {
  return Promise.all(
    versions.map(async (version) => {
      const manifest = await findManifest(modelDir, version);
      return manifest && { version, release: releaseOf(manifest) };
    }),
  );
}
