import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError, messageOf, systemErrorCode } from '@pocketrocket/runtime';
import {
  type RawRating,
  type SourceRow,
  type SourceTable,
  type TableFormat,
  BLOCK_LENGTH,
  sourceBlock,
  type SourceBlock,
  RatingScanner,
} from '@pocketrocket/formats';
import type { Member } from './archive.ts';

/** A table of an archive: its member, read as the format says. */
export function tableOf<T>(format: TableFormat<T>, file: string, member: Member): SourceTable<T> {
  return {
    file,
    sizeBytes: member.sizeBytes,
    async *rows(onBytes) {
      const reader = new LineReader(format, file);
      for await (const lines of linesOf(file, member, format.encoding, onBytes)) {
        const batch: SourceRow<T>[] = [];
        for (const text of lines) {
          const row = reader.read(text);
          if (row) batch.push(row);
        }
        yield batch;
      }
    },
  };
}

/** A table of ratings: lines that are as plain as they come are read from the bytes. */
export function ratingTableOf(
  format: TableFormat<RawRating>,
  file: string,
  member: Member,
): SourceTable<RawRating> {
  const table = tableOf(format, file, member);
  return format.isPlain ? { ...table, blocks: (onBytes) => scan(format, file, member, onBytes) } : table;
}

const LINE_FEED = 0x0a;

/** Blocks of plain ratings, and between them, in the order of the file, the rows that are not. */
async function* scan(
  format: TableFormat<RawRating>,
  file: string,
  member: Member,
  onBytes: (readBytes: number) => void,
): AsyncGenerator<SourceBlock | readonly SourceRow<RawRating>[]> {
  const reader = new LineReader(format, file);
  const scanner = new RatingScanner();
  const decoder = new TextDecoder(format.encoding, { fatal: true });
  const block = sourceBlock(BLOCK_LENGTH);
  let rest: Buffer = Buffer.alloc(0);
  let isPlain: boolean | null = null;
  try {
    for await (const { bytes: chunk, readBytes, isLast } of chunksOf(file, member)) {
      let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      if (isLast && bytes.length > 0 && bytes.at(-1) !== LINE_FEED)
        bytes = Buffer.concat([bytes, Buffer.of(LINE_FEED)]);
      const end = bytes.lastIndexOf(LINE_FEED) + 1;
      rest = bytes.subarray(end);
      for (let at = 0; at < end;) {
        if (isPlain && scanner.scan(bytes, at)) {
          at = scanner.end;
          const index = block.length++;
          block.userIds[index] = scanner.userId;
          block.movieIds[index] = scanner.movieId;
          block.ratedAtSeconds[index] = scanner.ratedAtSeconds;
          block.halfStars[index] = scanner.halfStars;
          block.lines[index] = ++reader.line;
          if (block.length < BLOCK_LENGTH) continue;
          yield block;
          block.length = 0;
          continue;
        }
        const lineEnd = bytes.indexOf(LINE_FEED, at);
        const row = reader.read(decoder.decode(bytes.subarray(at, lineEnd)));
        at = lineEnd + 1;
        isPlain ??= reader.header && (format.isPlain?.(reader.header) ?? false);
        if (!row) continue;
        if (block.length > 0) yield block;
        block.length = 0;
        yield [row];
      }
      onBytes(readBytes);
    }
  } catch (error) {
    throw asBadData(file, error);
  }
  if (block.length > 0) yield block;
}

/** Turns lines into rows, the first one into what the columns are. */
class LineReader<T> {
  /** Of the line read last. */
  line = 0;
  /** The fields of the first line. */
  header: readonly string[] | null = null;
  #read: ((fields: readonly string[]) => T | null) | undefined;
  readonly #format: TableFormat<T>;
  readonly #file: string;

  constructor(format: TableFormat<T>, file: string) {
    this.#format = format;
    this.#file = file;
  }

  /** Null for a line that is no row: an empty one, the header. */
  read(text: string): SourceRow<T> | null {
    this.line++;
    const content = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (content === '') return null;
    const fields = this.#format.split(content);
    if (!this.#read) {
      this.header = fields ?? [];
      this.#read = readerFor(this.#format, this.#file, this.header);
      if (this.#format.hasHeader) return null;
    }
    return { line: this.line, row: fields && this.#read(fields) };
  }
}

function readerFor<T>(format: TableFormat<T>, file: string, firstLine: readonly string[]) {
  try {
    return format.reader(firstLine);
  } catch (error) {
    throw new AppError('BAD_DATA', `${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** The lines of a member in batches; a byte order mark is dropped. */
async function* linesOf(
  file: string,
  member: Member,
  encoding: 'utf-8' | 'latin1',
  onBytes: (readBytes: number) => void,
): AsyncGenerator<string[]> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let rest = '';
  try {
    for await (const { bytes, readBytes, isLast } of chunksOf(file, member)) {
      const lines = (rest + decoder.decode(bytes, { stream: !isLast })).split('\n');
      rest = lines.pop() ?? '';
      yield lines;
      onBytes(readBytes);
    }
  } catch (error) {
    throw asBadData(file, error);
  }
  if (rest !== '') yield [rest];
}

/** The bytes of a member, unpacked where its name ends in `.gz`; the last chunk is empty. */
async function* chunksOf(
  file: string,
  member: Member,
): AsyncGenerator<{ bytes: Buffer; readBytes: number; isLast: boolean }> {
  let readBytes = 0;
  const stored = await member.open();
  const gunzip = file.endsWith('.gz') ? pipeline(stored, createGunzip(), () => {}) : null;
  for await (const bytes of (gunzip ?? stored) as AsyncIterable<Buffer>) {
    readBytes = gunzip ? gunzip.bytesWritten : readBytes + bytes.length;
    yield { bytes, readBytes, isLast: false };
  }
  yield { bytes: Buffer.alloc(0), readBytes, isLast: true };
}

function asBadData(file: string, error: unknown): unknown {
  if (error instanceof AppError) return error;
  const notText = systemErrorCode(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA';
  const reason = notText ? 'it is not UTF-8 text' : messageOf(error);
  return new AppError('BAD_DATA', `${file} cannot be read: ${reason}`, { cause: error });
}
