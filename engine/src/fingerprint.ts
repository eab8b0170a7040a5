import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

let known: string | undefined;

/**
 * A hash of the engine's own code and kernels: while it stays, the same fit of the same data gives the same model.
 *
 * A model fitted by another engine has another hash, without version numbers. Sources are hashed where they are there, so that
 * the hash is the same for sources and compiled code.
 */
export function engineFingerprint(): string {
  known ??= fingerprintOf([
    ...(existsSync(join(PACKAGE, 'src')) ? filesIn('src', /(?<!\.test)\.ts$/) : filesIn('dist', /\.js$/)),
    ...filesIn('wasm', /\.wasm$/),
  ]);
  return known;
}

function filesIn(folder: string, pattern: RegExp): string[] {
  const path = join(PACKAGE, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name))
    .sort();
}

function fingerprintOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(join(PACKAGE, file));
    hash.update(`${file.replaceAll('\\', '/')}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}
