import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError, messageOf, systemErrorCode } from '@pocketrocket/runtime';
import {
  FormatError,
  readRatingBlocks,
  readRows,
  tableNotes,
  type RatingTable,
  type RawRating,
  type SourceTable,
  type TableFormat,
} from '@pocketrocket/formats';
import type { Member } from './archive.ts';

/** A table of an archive: its member, read as the format says. */
export function tableOf<T>(format: TableFormat<T>, file: string, member: Member): SourceTable<T> {
  const notes = tableNotes();
  return {
    file,
    sizeBytes: member.sizeBytes,
    notes,
    rows: (onBytes) => withCode(file, readRows(format, file, chunksOf(file, member, onBytes), notes)),
  };
}

/** A table of ratings: lines that are as plain as they come are read from the bytes. */
export function ratingTableOf(format: TableFormat<RawRating>, file: string, member: Member): RatingTable {
  const table = tableOf(format, file, member);
  if (!format.hasHeader) return table;
  return {
    ...table,
    blocks: (plain, onBytes) =>
      withCode(file, readRatingBlocks(format, file, chunksOf(file, member, onBytes), plain, table.notes)),
  };
}

const GZIP = [0x1f, 0x8b];

/** The bytes of a member, unpacked where they are gzip, whatever its name. @param onBytes called when a chunk is used up */
async function* chunksOf(
  file: string,
  member: Member,
  onBytes: (readBytes: number) => void,
): AsyncGenerator<Buffer> {
  let readBytes = 0;
  const stored = await member.open();
  const isGzip = await beginsWithGzip(stored);
  const gunzip = isGzip ? pipeline(stored, createGunzip(), () => {}) : null;
  try {
    for await (const bytes of (gunzip ?? stored) as AsyncIterable<Buffer>) {
      readBytes = gunzip ? gunzip.bytesWritten : readBytes + bytes.length;
      yield bytes;
      onBytes(readBytes);
    }
  } catch (error) {
    if (!gunzip || !isZlibError(error)) throw error;
    throw new Error(`it is damaged or not whole: fetch ${file} again (${messageOf(error)})`, {
      cause: error,
    });
  }
}

/** Looks at the first bytes of a stream and puts them back. */
async function beginsWithGzip(stream: Readable): Promise<boolean> {
  await new Promise<void>((resolve, reject) => {
    stream.once('readable', resolve).once('end', resolve).once('error', reject);
  });
  const head = stream.read() as Buffer | null;
  if (!head) return false;
  stream.unshift(head);
  return GZIP.every((byte, at) => head[at] === byte);
}

function isZlibError(error: unknown): boolean {
  return /^Z_/.test(systemErrorCode(error) ?? '');
}

/** The same items; what makes the file unreadable becomes an AppError BAD_DATA. */
async function* withCode<T>(file: string, items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const message =
      error instanceof FormatError ? error.message : `${file} cannot be read: ${messageOf(error)}`;
    throw new AppError('BAD_DATA', message, { cause: error });
  }
}
