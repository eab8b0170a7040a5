import { createHash } from 'node:crypto';
import type { Manifest } from './manifest.ts';

const known = new WeakMap<Manifest, string>();

/**
 * A version's name that tells it from any other that bears the same number, as after starting over or from another trainer's
 * disk: the number and the beginning of the manifest's SHA-256, which covers every tensor by its checksum.
 */
export function releaseOf(manifest: Manifest): string {
  let release = known.get(manifest);
  if (release === undefined) {
    const digest = createHash('sha256').update(canonicalJson(manifest)).digest('hex');
    release = `${manifest.version}-${digest.slice(0, 16)}`;
    known.set(manifest, release);
  }
  return release;
}

/** JSON in which equal values are equal texts: keys in order, wherever the object came from. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
