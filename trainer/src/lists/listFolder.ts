import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { systemErrorCode } from '@pocketrocket/runtime';

/** The folder of a run, on a file system or wherever Spark reaches it. */
export interface ListFolder {
  /** As messages name it. */
  readonly place: string;
  /** The names of its files, and of its folders with files; the folder is made where there is none. */
  names(): Promise<string[]>;
  /** A file's text; null where there is no such file. */
  readText(name: string): Promise<string | null>;
  /** Writes a file, whole or not at all. */
  writeText(name: string, text: string): Promise<void>;
  /** Removes files, and folders with all that is in them; those that are not there are passed over. */
  remove(names: readonly string[]): Promise<void>;
}

/** A folder of this machine's file system. */
export function folderOnDisk(place: string): ListFolder {
  return {
    place,
    async names() {
      await mkdir(place, { recursive: true });
      const entries = await readdir(place, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => !entry.isDirectory());
      const paths = files.map(({ parentPath, name }) => relative(place, join(parentPath, name)));
      return [...new Set(paths.map((path) => path.split(sep, 1)[0] ?? path))];
    },
    readText: (name) =>
      readFile(join(place, name), 'utf8').catch((error: unknown) => {
        if (systemErrorCode(error) === 'ENOENT') return null;
        throw error;
      }),
    async writeText(name, text) {
      const staging = join(place, `.staging-${process.pid}-${randomUUID()}`);
      await writeFile(staging, text, { flush: true });
      await rename(staging, join(place, name));
    },
    async remove(names) {
      for (const name of names) await rm(join(place, name), { recursive: true, force: true });
    },
  };
}
