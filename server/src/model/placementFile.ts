import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Placements } from '@pocketrocket/model';
import { systemErrorCode } from '@pocketrocket/runtime';

const DIGEST_BYTES = 32;

/**
 * Reads the places that a server has found before; null where there is no such file, or it is not as it was written: they
 * are found again.
 * @throws Error when the file is there but cannot be read
 */
export function readPlacements(file: string): Placements | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
  const content = bytes.subarray(DIGEST_BYTES);
  return digestOf(content).equals(bytes.subarray(0, DIGEST_BYTES))
    ? (deserialize(content) as Placements)
    : null;
}

/** Writes them in one step: who reads meanwhile gets the ones before. @throws Error when that cannot be done */
export function writePlacements(file: string, placements: Placements): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const content = serialize(placements);
  const temporary = `${file}.${randomUUID()}`;
  try {
    writeFileSync(temporary, Buffer.concat([digestOf(content), content]), { mode: 0o600 });
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function digestOf(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
