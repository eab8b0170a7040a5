import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { normalise, type Circumstances } from './normalise.ts';

/** SHA-256 in hexadecimal. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Every file of a folder, by its path: size and checksum of the bytes; texts that may hold instants or folders are
 * normalised first, and manifests are kept whole.
 */
export async function recordFolder(
  folder: string,
  circumstances: Circumstances,
): Promise<Record<string, unknown>> {
  const files: Record<string, unknown> = {};
  for (const path of await filesBelow(folder))
    files[path] = await recordFile(join(folder, path), circumstances);
  return files;
}

/** A file's size and checksum. */
export async function recordFile(file: string, circumstances: Circumstances): Promise<unknown> {
  const bytes = await readFile(file);
  if (!/\.(json|html|csv)$/.test(file)) return { bytes: bytes.byteLength, sha256: sha256(bytes) };
  const text = normalise(bytes.toString('utf8'), circumstances);
  if (/(manifest|current|source)\.json$/.test(file)) return JSON.parse(text) as unknown;
  const whole = { normalisedSha256: sha256(text) };
  if (!file.endsWith('.json')) return whole;
  // Each part alone, so that a difference says where it is.
  const parts = Object.entries(JSON.parse(text) as Record<string, unknown>);
  return {
    ...whole,
    parts: Object.fromEntries(parts.map(([key, value]) => [key, sha256(JSON.stringify(value))])),
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  // A folder that was not written is what the recording shows then: no files.
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
