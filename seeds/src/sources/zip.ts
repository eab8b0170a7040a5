import { stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { pipeline, Transform, type Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { AppError, messageOf } from '@pocketrocket/runtime';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { Archive, Member } from './archive.ts';

/**
 * The files of a zip file's data folder: of all its folders the first one that `isDataFolder` takes, whatever it is called,
 * else the first. Entries are read as streams, and checked against their CRC-32.
 * @throws AppError BAD_DATA when it is no zip file, or truncated
 */
export async function openZip(
  path: string,
  isDataFolder: (files: ReadonlyMap<string, Member>) => boolean,
): Promise<Archive> {
  const { size, mtimeMs } = await stat(path);
  const folders = new Map<string, Map<string, Member>>();
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false });
    for await (const entry of zip.eachEntry()) {
      // Beside files of a Mac's lie notes of the same names.
      if (entry.fileName.endsWith('/') || entry.fileName.startsWith('__MACOSX/')) continue;
      const folder = posix.dirname(entry.fileName);
      const members = folders.get(folder) ?? new Map<string, Member>();
      folders.set(folder, members);
      members.set(posix.basename(entry.fileName), {
        sizeBytes: entry.uncompressedSize,
        stamp: `${size}@${mtimeMs}`,
        open: async () => checked(await zip.openReadStreamPromise(entry), entry),
      });
    }
  } catch (error) {
    throw new AppError('BAD_DATA', `${path} is not a complete zip file: ${messageOf(error)}`, {
      cause: error,
    });
  }
  const candidates = [...folders.values()];
  return {
    members: candidates.find(isDataFolder) ?? candidates[0] ?? new Map<string, Member>(),
    close: () => zip.close(),
  };
}

/** The same bytes; fails at their end where they do not have the entry's CRC-32, which yauzl does not check. */
function checked(bytes: Readable, entry: Entry): Readable {
  let crc = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      crc = crc32(chunk, crc);
      done(null, chunk);
    },
    flush(done) {
      done(
        crc === entry.crc32 ? null : new Error(`${entry.fileName} is damaged: its checksum does not match`),
      );
    },
  });
  return pipeline(bytes, check, () => {});
}
