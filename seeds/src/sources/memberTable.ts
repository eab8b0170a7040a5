import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError, messageOf } from '@pocketrocket/runtime';
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

/** The bytes of a member, unpacked where its name ends in `.gz`. @param onBytes called when a chunk is used up */
async function* chunksOf(
  file: string,
  member: Member,
  onBytes: (readBytes: number) => void,
): AsyncGenerator<Buffer> {
  let readBytes = 0;
  const stored = await member.open();
  const gunzip = /\.gz$/i.test(file) ? pipeline(stored, createGunzip(), () => {}) : null;
  for await (const bytes of (gunzip ?? stored) as AsyncIterable<Buffer>) {
    readBytes = gunzip ? gunzip.bytesWritten : readBytes + bytes.length;
    yield bytes;
    onBytes(readBytes);
  }
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
