import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { systemErrorCode } from '@pocketrocket/runtime';
import type { Archive, Member } from './archive.ts';
import { dataFolderOf } from './dataFolder.ts';

/** Folders below the one that is given, as where a zip file was unpacked into a folder of its name. */
const MAX_DEPTH = 3;
/** A folder with more below it is no data set's. */
const MAX_FOLDERS = 500;

/**
 * The files of a folder, or, where they are no data set, of the one in it that is.
 * @throws AppError BAD_DATA where several are
 */
export async function openFolder(
  folder: string,
  isDataFolder: (files: ReadonlyMap<string, Member>) => boolean,
): Promise<Archive> {
  const folders = new Map<string, ReadonlyMap<string, Member>>();
  const waiting = [{ path: '.', depth: 0 }];
  for (let next = waiting.shift(); next && folders.size < MAX_FOLDERS; next = waiting.shift()) {
    const { path, depth } = next;
    const { members, inner } = await contentOf(join(folder, path));
    folders.set(path, members);
    if (isDataFolder(members) && depth === 0) break;
    if (depth < MAX_DEPTH)
      waiting.push(...inner.map((name) => ({ path: posix.join(path, name), depth: depth + 1 })));
  }
  return { members: dataFolderOf(folder, folders, isDataFolder), close() {} };
}

async function contentOf(folder: string): Promise<{ members: Map<string, Member>; inner: string[] }> {
  const members = new Map<string, Member>();
  const inner: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) {
      if (!/^(?:\.|node_modules$|__MACOSX$)/.test(entry.name)) inner.push(entry.name);
      continue;
    }
    const path = join(folder, entry.name);
    const stats = await stat(path).catch((error: unknown) => {
      // A link to nothing, such as editors leave beside a file that is open.
      if (systemErrorCode(error) === 'ENOENT') return null;
      throw error;
    });
    if (!stats?.isFile()) continue;
    members.set(entry.name, {
      sizeBytes: stats.size,
      stamp: `${stats.size}@${stats.mtimeMs}`,
      open: () => Promise.resolve(createReadStream(path, { highWaterMark: 1 << 18 })),
    });
  }
  return { members, inner: inner.sort() };
}
