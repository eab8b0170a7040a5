import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { AppError, messageOf, systemErrorCode, isAlive } from '@pocketrocket/runtime';
import {
  ITEM_IDS,
  MODEL_NAME,
  manifestSchema,
  type Artifact,
  type Manifest,
  type Tensor,
} from './manifest.ts';

/** Our files' folder inside a version; TensorFlow leaves it alone and its own `saved_model.pb` may lie beside it. */
const ASSETS = 'assets.extra';
const MANIFEST_FILE = 'manifest.json';

/** The part of a manifest that training decides; the store adds format, version and the tensors' files. */
export type ManifestDraft = Omit<Manifest, 'format' | 'version' | 'tensors'>;

/** A file of another program's format that lies beside `assets.extra/`, such as TensorFlow's `saved_model.pb`. */
export interface ExtraFile {
  /** Inside the version's folder. */
  path: string;
  bytes: Uint8Array;
}

/** The folder of one version. */
export function versionDir(modelDir: string, version: number): string {
  return join(modelDir, MODEL_NAME, String(version));
}

/** The folder of one version's artifact: all that serving needs, without what other programs read. */
export function artifactDir(modelDir: string, version: number): string {
  return join(versionDir(modelDir, version), ASSETS);
}

/**
 * The published versions, newest first; empty where there are none.
 * @throws AppError ENVIRONMENT when the folder cannot be read
 */
export async function listVersions(modelDir: string): Promise<number[]> {
  const folder = join(modelDir, MODEL_NAME);
  const names = await readdir(folder).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw asUnreadable(folder, error);
  });
  return names
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map(Number)
    .sort((a, b) => b - a);
}

/** A failure to read a model's file or folder as an error that says what to do; other errors stay as they are. */
export function asUnreadable(path: string, error: unknown): unknown {
  if (systemErrorCode(error) === undefined) return error;
  return new AppError(
    'ENVIRONMENT',
    `${path} cannot be read (${messageOf(error)}): set MODEL_DIR to a folder that can`,
    { cause: error },
  );
}

/**
 * Writes an artifact under the next free version and publishes it whole by one rename; readers see all of it or nothing.
 * @param extraFiles written into the version's folder as they are; reading an artifact passes them over
 * @returns the version
 * @throws AppError ENVIRONMENT when the folder cannot be written (disk full, not permitted); nothing is left behind
 */
export async function publishArtifact(
  modelDir: string,
  draft: ManifestDraft,
  tensors: Readonly<Record<string, Tensor>>,
  extraFiles: readonly ExtraFile[] = [],
): Promise<number> {
  const root = join(modelDir, MODEL_NAME);
  const staging = join(root, `.staging-${process.pid}-${randomUUID()}`);
  try {
    await mkdir(join(staging, ASSETS), { recursive: true });
    const files: Manifest['tensors'] = {};
    for (const [name, tensor] of Object.entries(tensors))
      files[name] = await writeTensor(join(staging, ASSETS), name, tensor);
    for (const { path, bytes } of extraFiles) {
      await mkdir(dirname(join(staging, path)), { recursive: true });
      await writeDurably(join(staging, path), bytes);
    }
    for (;;) {
      const version = ((await listVersions(modelDir))[0] ?? 0) + 1;
      const manifest: Manifest = { format: 1, version, ...draft, tensors: files };
      await writeDurably(
        join(staging, ASSETS, MANIFEST_FILE),
        `${JSON.stringify(manifestSchema.parse(manifest), null, 2)}\n`,
      );
      try {
        await rename(staging, versionDir(modelDir, version));
        return version;
      } catch (error) {
        // Another trainer published this number in between: take the next one.
        if (!['ENOTEMPTY', 'EEXIST'].includes(systemErrorCode(error) ?? '')) throw error;
      }
    }
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOTDIR') await rm(staging, { recursive: true, force: true });
    if (systemErrorCode(error) === undefined) throw error;
    throw new AppError('ENVIRONMENT', `the model cannot be written to ${modelDir}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/**
 * Writes a file of another program's format as `<dir>/recmodel/<version>/<path>`, by rename, so that a process that watches
 * the folder never sees half of it. A version's other files stay; the same file is replaced.
 * @returns the file's path
 * @throws AppError ENVIRONMENT when the folder cannot be written (disk full, not permitted); nothing is left behind
 */
export async function writeVersionFile(
  dir: string,
  version: number,
  { path, bytes }: ExtraFile,
): Promise<string> {
  const staging = join(dir, MODEL_NAME, `.staging-${process.pid}-${randomUUID()}`);
  const target = join(versionDir(dir, version), path);
  try {
    await mkdir(dirname(join(staging, path)), { recursive: true });
    try {
      await writeDurably(join(staging, path), bytes);
      await rename(staging, versionDir(dir, version)).catch(async (error: unknown) => {
        if (!['ENOTEMPTY', 'EEXIST'].includes(systemErrorCode(error) ?? '')) throw error;
        await mkdir(dirname(target), { recursive: true });
        await rename(join(staging, path), target);
      });
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    throw new AppError('ENVIRONMENT', `${target} cannot be written: ${messageOf(error)}`, { cause: error });
  }
  return target;
}

/** Removes what interrupted trainers left behind: staging folders of processes that are gone. */
export async function removeStaleStaging(modelDir: string): Promise<void> {
  const root = join(modelDir, MODEL_NAME);
  const names = await readdir(root).catch(() => []);
  for (const name of names) {
    const pid = /^\.staging-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || Number(pid) === process.pid) continue;
    if (!isAlive(Number(pid))) await rm(join(root, name), { recursive: true, force: true });
  }
}

/**
 * Reads a version whole and checks every byte of it.
 * @throws AppError ARTIFACT_INVALID naming what is missing, truncated or altered
 */
export async function readArtifact(modelDir: string, version: number): Promise<Artifact> {
  const manifest = await readManifest(modelDir, version);
  const folder = artifactDir(modelDir, version);
  const entries = await Promise.all(
    Object.entries(manifest.tensors).map(
      async ([name, spec]) => [name, await readTensor(folder, version, name, spec)] as const,
    ),
  );
  return { manifest, tensors: Object.fromEntries(entries) };
}

/**
 * Reads a version's manifest alone.
 * @throws AppError ARTIFACT_INVALID when it is missing or not one of ours
 */
export async function readManifest(modelDir: string, version: number): Promise<Manifest> {
  const path = join(artifactDir(modelDir, version), MANIFEST_FILE);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw invalid(version, `its ${MANIFEST_FILE} cannot be read (${messageOf(error)})`, error);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw invalid(version, `its ${MANIFEST_FILE} is not JSON`, error);
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success)
    throw invalid(
      version,
      `its ${MANIFEST_FILE} is not valid: ${z.prettifyError(parsed.error)}`,
      parsed.error,
    );
  if (parsed.data.version !== version)
    throw invalid(version, `its ${MANIFEST_FILE} says version ${parsed.data.version}`);
  return parsed.data;
}

/** Looks whether a version's files are there, of the length that its manifest says, without reading them. @throws AppError ARTIFACT_INVALID */
export async function requireFiles(modelDir: string, { version, tensors }: Manifest): Promise<void> {
  const folder = artifactDir(modelDir, version);
  for (const spec of Object.values(tensors)) {
    const found = await stat(join(folder, spec.file)).catch((error: unknown) => {
      throw invalid(version, `${spec.file} cannot be read (${messageOf(error)})`, error);
    });
    checkLength(found.size, version, spec);
  }
}

/** Reads a version's manifest; null where it is missing or broken. */
export async function findManifest(modelDir: string, version: number): Promise<Manifest | null> {
  return readManifest(modelDir, version).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
}

/** Identity of the data at hand, to tell whether an artifact belongs to them. */
export interface DataAtHand {
  datasetName: string;
  datasetIdentity: string;
  hasMovie(movieId: number): boolean;
}

/**
 * Tells why an artifact does not belong to the data at hand; null when it fits. Ratings may have changed since it was trained.
 */
export function misfitOf({ manifest, tensors }: Artifact, data: DataAtHand): string | null {
  const { dataset } = manifest;
  if (dataset.identity !== data.datasetIdentity) {
    return `it was trained on ${dataset.name} (${dataset.identity}), the database holds ${data.datasetName} (${data.datasetIdentity})`;
  }
  const unknown = [...(tensors[ITEM_IDS]?.data ?? [])].filter((movieId) => !data.hasMovie(movieId));
  if (unknown.length === 0) return null;
  return `it names ${unknown.length} movies that the database lacks, such as ${unknown.slice(0, 3).join(', ')}`;
}

async function writeTensor(
  folder: string,
  name: string,
  { shape, data }: Tensor,
): Promise<Manifest['tensors'][string]> {
  // By name: an array that another realm made, as deserialising does in test sandboxes, is no instance of this one's class.
  const dtype = data[Symbol.toStringTag] === 'Float32Array' ? 'float32' : 'int32';
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (size !== data.length)
    throw new Error(`tensor ${name} of shape [${shape.join(', ')}] has ${data.length} values`);
  const bytes = toLittleEndian(data);
  const file = `${name}.${dtype}`;
  await writeDurably(join(folder, file), bytes);
  return { file, dtype, shape, bytes: bytes.byteLength, sha256: digest(bytes) };
}

async function readTensor(
  folder: string,
  version: number,
  name: string,
  spec: Manifest['tensors'][string],
): Promise<Tensor> {
  const bytes = await readShared(join(folder, spec.file), (size) => checkLength(size, version, spec)).catch(
    (error: unknown) => {
      if (error instanceof AppError) throw error;
      throw invalid(version, `${spec.file} cannot be read (${messageOf(error)})`, error);
    },
  );
  return parseTensor(bytes, version, name, spec);
}

/** Reads a file into shared memory, once its length is found right. */
async function readShared(path: string, checkSize: (bytes: number) => void): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    checkSize(size);
    const bytes = sharedBytes(size);
    for (let at = 0; at < size;) {
      const { bytesRead } = await file.read(bytes, at, size - at, at);
      // Cut short meanwhile: the rest stays zero, and the checksum tells.
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** Memory in which a tensor's bytes are read: shared, so that threads are handed the numbers without a copy. */
export function sharedBytes(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

/**
 * The numbers in a tensor's bytes, once they are found to be those that the manifest tells of.
 * @param bytes of {@link sharedBytes}: the tensor's own from now on
 * @throws AppError ARTIFACT_INVALID
 */
export function parseTensor(
  bytes: Uint8Array,
  version: number,
  name: string,
  spec: Manifest['tensors'][string],
): Tensor {
  checkLength(bytes.byteLength, version, spec);
  if (digest(bytes) !== spec.sha256) throw invalid(version, `${spec.file} was altered: its checksum differs`);
  const size = spec.shape.reduce((product, extent) => product * extent, 1);
  if (size * 4 !== spec.bytes)
    throw invalid(version, `${name} of shape [${spec.shape.join(', ')}] does not take ${spec.bytes} bytes`);
  return { shape: spec.shape, data: numbersIn(bytes, spec.dtype) };
}

function checkLength(bytes: number, version: number, spec: Manifest['tensors'][string]): void {
  if (bytes !== spec.bytes)
    throw invalid(version, `${spec.file} has ${bytes} bytes instead of ${spec.bytes}`);
}

async function writeDurably(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** The numbers as little-endian bytes; a view of the same memory on a little-endian machine. */
export function toLittleEndian(data: Float32Array | Int32Array): Buffer {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return HOST_IS_LITTLE_ENDIAN ? bytes : Buffer.from(bytes).swap32();
}

/** The numbers in little-endian bytes; a copy. */
export function fromLittleEndian(bytes: Uint8Array, dtype: 'float32' | 'int32'): Float32Array | Int32Array {
  return numbersIn(new Uint8Array(bytes), dtype);
}

/** The numbers in little-endian bytes, which become theirs. */
function numbersIn(bytes: Uint8Array, dtype: 'float32' | 'int32'): Float32Array | Int32Array {
  const { buffer, byteOffset, byteLength } = bytes;
  if (!HOST_IS_LITTLE_ENDIAN) Buffer.from(buffer, byteOffset, byteLength).swap32();
  return dtype === 'float32'
    ? new Float32Array(buffer, byteOffset, byteLength / 4)
    : new Int32Array(buffer, byteOffset, byteLength / 4);
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The error of a version that cannot be used; `what` says why. */
export function invalid(version: number, what: string, cause?: unknown): AppError {
  return new AppError('ARTIFACT_INVALID', `model version ${version} cannot be used: ${what}`, { cause });
}
