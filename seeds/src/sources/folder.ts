import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Archive, Member } from './archive.ts';

/**
 * The files that lie directly in a folder. Where they are no data set, and those of a folder in it are, as where a zip file was unpacked into a folder of its
 * name, these.
 */
export async function openFolder(
  folder: string,
  isDataFolder: (files: ReadonlyMap<string, Member>) => boolean,
): Promise<Archive> {
  const members = await filesIn(folder);
  const archive = { members, close() {} };
  if (isDataFolder(members)) return archive;
  const entries = await readdir(folder, { withFileTypes: true });
  for (const name of entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()) {
    const inner = await filesIn(join(folder, name));
    if (isDataFolder(inner)) return { ...archive, members: inner };
  }
  return archive;
}

async function filesIn(folder: string): Promise<Map<string, Member>> {
  const members = new Map<string, Member>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    const { size, mtimeMs } = await stat(path);
    members.set(entry.name, {
      sizeBytes: size,
      stamp: `${size}@${mtimeMs}`,
      open: () => Promise.resolve(createReadStream(path, { highWaterMark: 1 << 18 })),
    });
  }
  return members;
}
