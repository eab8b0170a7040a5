import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError, messageOf, systemErrorCode } from '@pocketrocket/runtime';
import { MODEL_NAME, type Artifact, type Manifest } from './manifest.ts';
import { withPointerLock } from './pointerLock.ts';
import {
  asUnreadable,
  findManifest,
  listVersions,
  misfitOf,
  readArtifact,
  versionDir,
  type DataAtHand,
} from './store.ts';

const CURRENT_FILE = 'current.json';

const currentSchema = z.object({
  /** The version to serve. */
  version: z.number().int().positive(),
  /** Versions that were served before it, the last one first: where a rollback goes. */
  earlier: z.array(z.number().int().positive()),
  /** ISO 8601, UTC. */
  changedAt: z.iso.datetime(),
});

/** The pointer to the version that serves: `<model dir>/recmodel/current.json`. */
export type CurrentVersion = z.infer<typeof currentSchema>;

/**
 * Reads the pointer; null where nothing was published yet.
 * @throws AppError ARTIFACT_INVALID when the file is there but cannot be understood; ENVIRONMENT when it cannot be read
 */
export async function readCurrentVersion(modelDir: string): Promise<CurrentVersion | null> {
  const path = join(modelDir, MODEL_NAME, CURRENT_FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw asUnreadable(path, error);
  });
  if (text === null) return null;
  const parsed = currentSchema.safeParse(jsonOrNull(text));
  if (parsed.success) return parsed.data;
  throw new AppError(
    'ARTIFACT_INVALID',
    `${path} cannot be understood; choose what to serve with \`npm run trainer -- publish <version>\``,
    { cause: parsed.error },
  );
}

/**
 * The versions in the order in which serving tries them: what is published, then what was before it, the last one first.
 * Before the first publication: all but those that the gate refused, newest first.
 * @throws AppError ARTIFACT_INVALID as {@link readCurrentVersion}
 */
export async function servingOrder(modelDir: string): Promise<number[]> {
  const current = await readCurrentVersion(modelDir);
  return current ? [current.version, ...current.earlier] : unrefusedVersions(modelDir);
}

/** A version that cannot serve, and why. */
export interface RefusedVersion {
  version: number;
  reason: string;
}

/** The first version in serving order that is whole and fits the data, null when there is none; and those refused before it. */
export async function servedArtifact(
  modelDir: string,
  data: DataAtHand,
): Promise<{ artifact: Artifact | null; refused: RefusedVersion[] }> {
  const refused: RefusedVersion[] = [];
  for (const version of await servingOrder(modelDir)) {
    try {
      const artifact = await readArtifact(modelDir, version);
      const reason = misfitOf(artifact, data);
      if (reason === null) return { artifact, refused };
      refused.push({ version, reason });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push({ version, reason: error.message });
    }
  }
  return { artifact: null, refused };
}

/**
 * Makes a version the one that serves; running servers follow. What served so far becomes the first to roll back to.
 * A pointer that cannot be understood is replaced.
 * @param expected what {@link readCurrentVersion} said when the decision was made; left out, whatever is there is replaced
 * @throws AppError ENVIRONMENT when the folder cannot be written; CONFLICT when somebody has published meanwhile
 */
export async function publishVersion(
  modelDir: string,
  version: number,
  now: Date,
  expected?: CurrentVersion | null,
): Promise<CurrentVersion> {
  return changePointer(modelDir, async () => {
    await refuseIfChanged(
      modelDir,
      expected,
      `version ${version} was not published`,
      `publish it anyway with \`npm run trainer -- publish ${version}\``,
    );
    const before = await servingOrder(modelDir).catch((error: unknown) => {
      if (error instanceof AppError) return unrefusedVersions(modelDir);
      throw error;
    });
    return writeCurrent(modelDir, {
      version,
      earlier: before.filter((earlier) => earlier !== version),
      changedAt: now.toISOString(),
    });
  });
}

/** Refuses where another version serves than when it was decided; that old ones were removed meanwhile is no change. */
async function refuseIfChanged(
  modelDir: string,
  expected: CurrentVersion | null | undefined,
  what: string,
  advice: string,
): Promise<void> {
  if (expected === undefined) return;
  const found = await readCurrentVersion(modelDir);
  if (found?.version === expected?.version) return;
  const serving = found ? `version ${found.version} was published` : 'the pointer was removed';
  throw new AppError(
    'CONFLICT',
    `${what}: meanwhile ${serving}. List the versions with \`npm run trainer -- list\`, and ${advice}`,
  );
}

/**
 * Makes the version serve that served before the current one. Versions on the way that are gone or broken are passed over
 * and forgotten.
 * @param expected as of {@link publishVersion}: of two that go back at once, one does
 * @throws AppError NOT_FOUND when there is none; CONFLICT when somebody has published meanwhile
 */
export async function rollbackVersion(
  modelDir: string,
  now: Date,
  expected?: CurrentVersion | null,
): Promise<CurrentVersion> {
  return changePointer(modelDir, async () => {
    await refuseIfChanged(
      modelDir,
      expected,
      'nothing was rolled back',
      'roll back again if that is to go too',
    );
    return rollBack(modelDir, now);
  });
}

async function rollBack(modelDir: string, now: Date): Promise<CurrentVersion> {
  const [current, ...earlier] = await servingOrder(modelDir);
  for (const [place, version] of earlier.entries()) {
    if (!(await isReadable(modelDir, version))) continue;
    return writeCurrent(modelDir, {
      version,
      earlier: earlier.slice(place + 1),
      changedAt: now.toISOString(),
    });
  }
  const serving =
    current === undefined ? 'nothing is published' : `no version was published before version ${current}`;
  throw new AppError('NOT_FOUND', `${serving}: there is no version to go back to; \`list\` shows all`);
}

/**
 * Removes old versions. The newest `keep`, the one that serves and the one that a rollback would reach always stay.
 * @returns the versions removed, newest first
 */
export async function pruneVersions(modelDir: string, keep: number, now: Date): Promise<number[]> {
  return changePointer(modelDir, () => prune(modelDir, keep, now));
}

/** The versions that {@link pruneVersions} would remove, newest first. */
export async function versionsToPrune(modelDir: string, keep: number): Promise<number[]> {
  const versions = await listVersions(modelDir);
  const order = await servingOrder(modelDir);
  const readable: number[] = [];
  for (const version of order) {
    if (readable.length < 2 && (await isReadable(modelDir, version))) readable.push(version);
  }
  const kept = new Set([...versions.slice(0, keep), ...order.slice(0, 1), ...readable]);
  return versions.filter((version) => !kept.has(version));
}

async function prune(modelDir: string, keep: number, now: Date): Promise<number[]> {
  const current = await readCurrentVersion(modelDir);
  const removed = await versionsToPrune(modelDir, keep);
  if (current && removed.length > 0) {
    // First forgotten, then removed: nobody is sent to what is going away.
    const earlier = current.earlier.filter((version) => !removed.includes(version));
    await writeCurrent(modelDir, { version: current.version, earlier, changedAt: now.toISOString() });
  }
  for (const version of removed) await removeVersion(modelDir, version);
  return removed;
}

/** True for a version that the gate refused and that was not forced. */
export function isRefusedByGate(manifest: Pick<Manifest, 'gate'> | null | undefined): boolean {
  return manifest?.gate?.decision === 'refused' && !manifest.gate.forced;
}

/** Takes a version away by one rename, so that nobody finds half of it. */
async function removeVersion(modelDir: string, version: number): Promise<void> {
  const leaving = join(modelDir, MODEL_NAME, `.staging-${process.pid}-${randomUUID()}`);
  await rename(versionDir(modelDir, version), leaving);
  await rm(leaving, { recursive: true });
}

async function unrefusedVersions(modelDir: string): Promise<number[]> {
  const versions = await listVersions(modelDir);
  const manifests = await Promise.all(versions.map((version) => findManifest(modelDir, version)));
  // A broken one stays in the list, so that whoever tries it says what is wrong with it.
  return versions.filter((_, place) => !isRefusedByGate(manifests[place]));
}

async function isReadable(modelDir: string, version: number): Promise<boolean> {
  return (await findManifest(modelDir, version)) !== null;
}

/** One change of the pointer at a time, from reading it to writing it. @throws AppError ENVIRONMENT, CONFLICT */
async function changePointer<Result>(modelDir: string, change: () => Promise<Result>): Promise<Result> {
  const root = join(modelDir, MODEL_NAME);
  try {
    await mkdir(root, { recursive: true });
    return await withPointerLock(root, change);
  } catch (error) {
    if (systemErrorCode(error) === undefined || error instanceof AppError) throw error;
    throw new AppError('ENVIRONMENT', `${root} cannot be changed: ${messageOf(error)}`, { cause: error });
  }
}

/** Replaces the pointer by one rename, so that readers see the old or the new one. */
async function writeCurrent(modelDir: string, current: CurrentVersion): Promise<CurrentVersion> {
  const root = join(modelDir, MODEL_NAME);
  const staging = join(root, `.staging-${process.pid}-${randomUUID()}`);
  try {
    await mkdir(root, { recursive: true });
    await writeFile(staging, `${JSON.stringify(currentSchema.parse(current), null, 2)}\n`, { flush: true });
    await rename(staging, join(root, CURRENT_FILE));
    return current;
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    await rm(staging, { force: true });
    throw new AppError(
      'ENVIRONMENT',
      `version ${current.version} cannot be published in ${modelDir}: ${messageOf(error)}`,
      { cause: error },
    );
  }
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
