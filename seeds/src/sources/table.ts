import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError, messageOf, systemErrorCode } from '@pocketrocket/schema/runtime';
import type { SourceRow, SourceTable } from '../dataset/rows.ts';
import type { TableFormat } from '../formats/index.ts';
import type { Member } from './archive.ts';

/** A table of an archive: its member, read as the format says. */
export function tableOf<T>(format: TableFormat<T>, file: string, member: Member): SourceTable<T> {
  return {
    file,
    sizeBytes: member.sizeBytes,
    async *rows(onBytes) {
      let read: ((fields: readonly string[]) => T | null) | undefined;
      let line = 0;
      for await (const lines of linesOf(file, member, format.encoding, onBytes)) {
        const batch: SourceRow<T>[] = [];
        for (const text of lines) {
          line++;
          const content = text.endsWith('\r') ? text.slice(0, -1) : text;
          if (content === '') continue;
          const fields = format.split(content);
          if (!read) {
            read = readerFor(format, file, fields ?? []);
            if (format.hasHeader) continue;
          }
          batch.push({ line, row: fields && read(fields) });
        }
        yield batch;
      }
    },
  };
}

function readerFor<T>(format: TableFormat<T>, file: string, firstLine: readonly string[]) {
  try {
    return format.reader(firstLine);
  } catch (error) {
    throw new AppError('BAD_DATA', `${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** The lines of a member, unpacked where its name ends in `.gz`, in batches; a byte order mark is dropped. */
async function* linesOf(
  file: string,
  member: Member,
  encoding: 'utf-8' | 'latin1',
  onBytes: (readBytes: number) => void,
): AsyncGenerator<string[]> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let rest = '';
  let readBytes = 0;
  try {
    const stored = await member.open();
    const gunzip = file.endsWith('.gz') ? pipeline(stored, createGunzip(), () => {}) : null;
    for await (const chunk of (gunzip ?? stored) as AsyncIterable<Buffer>) {
      readBytes = gunzip ? gunzip.bytesWritten : readBytes + chunk.length;
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield lines;
      onBytes(readBytes);
    }
    rest += decoder.decode();
  } catch (error) {
    const notText = systemErrorCode(error) === 'ERR_ENCODING_INVALID_ENCODED_DATA';
    const reason = notText ? 'it is not UTF-8 text' : messageOf(error);
    throw new AppError('BAD_DATA', `${file} cannot be read: ${reason}`, { cause: error });
  }
  if (rest !== '') yield [rest];
}
