import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Archive, Member } from './archive.ts';

/** The files that lie directly in a folder. */
export async function openFolder(folder: string): Promise<Archive> {
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
  return { members, close() {} };
}
