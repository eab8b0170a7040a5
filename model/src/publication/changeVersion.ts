import { AppError } from '@pocketrocket/runtime';
import { publishVersion, rollbackVersion, servingOrder, type CurrentVersion } from '../artifact/current.ts';
import { listVersions, misfitOf, readArtifact, type DataAtHand } from '../artifact/store.ts';
import { noSuchVersion } from '../artifact/versions.ts';
import { changePublished, readPublished, type PublicationDeps } from './changePublished.ts';

/** A publication by hand. */
export interface VersionChange {
  current: CurrentVersion;
  /** The version that served before; undefined where none did. */
  from: number | undefined;
  /** Why Redis was left out; null where it has the same as the disk, or there is none. */
  redisProblem: string | null;
}

/**
 * Makes a version the one that serves, also an older one or one that the gate refused.
 * @param readData the data that it must fit
 * @throws AppError NOT_FOUND; ARTIFACT_INVALID for one that is broken or does not fit; CONFLICT when another has published meanwhile;
 *   ENVIRONMENT
 */
export async function publishByHand(
  deps: PublicationDeps,
  version: number,
  readData: () => Promise<DataAtHand>,
): Promise<VersionChange & { isRefused: boolean }> {
  const { modelDir } = deps.config;
  const before = await readPublished(deps);
  if (!(await listVersions(modelDir)).includes(version)) throw noSuchVersion(version, modelDir);
  const artifact = await readArtifact(modelDir, version);
  const misfit = misfitOf(artifact, await readData());
  if (misfit !== null)
    throw new AppError('ARTIFACT_INVALID', `version ${version} cannot be published: ${misfit}`);
  const [from] = before.onDisk === undefined ? [] : await servingOrder(modelDir);
  const { result: current, redisProblem } = await changePublished(deps, before, () =>
    publishVersion(modelDir, version, new Date(), before.onDisk),
  );
  const isRefused = artifact.manifest.gate?.decision === 'refused';
  return { current, from, redisProblem, isRefused };
}

/**
 * Makes the version serve that served before.
 * @throws AppError NOT_FOUND when there is none; CONFLICT when another has published meanwhile; ENVIRONMENT
 */
export async function rollBackByHand(deps: PublicationDeps): Promise<VersionChange> {
  const { modelDir } = deps.config;
  const before = await readPublished(deps);
  const [from] = await servingOrder(modelDir);
  const { result: current, redisProblem } = await changePublished(deps, before, () =>
    rollbackVersion(modelDir, new Date(), before.onDisk),
  );
  return { current, from, redisProblem };
}
