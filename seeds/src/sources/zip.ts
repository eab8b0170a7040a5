import { stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { pipeline, Transform, type Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { AppError, messageOf } from '@pocketrocket/runtime';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import type { Archive, Member } from './archive.ts';
import { dataFolderOf } from './dataFolder.ts';

/**
 * The files of a zip file's data folder, wherever it lies and whatever it is called. Entries are read as streams, and checked against their CRC-32.
 * @throws AppError BAD_DATA when it is no zip file, truncated, has a password, or holds several data sets
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
      if (entry.isEncrypted()) throw new Error('it has a password: unpack it, and give the folder');
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
    const message = messageOf(error);
    const isLocked = /has a password|encrypted/.test(message);
    throw new AppError(
      'BAD_DATA',
      `${path} ${isLocked ? 'cannot be read' : 'is not a complete zip file'}: ${message}`,
      { cause: error },
    );
  }
  return { members: dataFolderOf(path, folders, isDataFolder), close: () => zip.close() };
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
