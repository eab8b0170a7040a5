import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Removes what processes that were killed have left beside a path, as `<path>.<word>-…`; only for whoever is alone there. */
export async function removeLeftBehind(path: string, word: string): Promise<void> {
  for (const left of await leftBehind(path, word)) await rm(left, { recursive: true, force: true });
}

/** Puts back what a process that was killed had moved aside from a path, as `<path>.<word>-…`, where nothing has taken its place. */
export async function putBack(path: string, word: string): Promise<void> {
  const [left] = await leftBehind(path, word);
  if (left !== undefined && !existsSync(path)) await rename(left, path);
}

async function leftBehind(path: string, word: string): Promise<string[]> {
  const folder = dirname(path);
  if (!existsSync(folder)) return [];
  const names = await readdir(folder);
  return names
    .filter((name) => name.startsWith(`${basename(path)}.${word}-`))
    .map((name) => join(folder, name));
}
