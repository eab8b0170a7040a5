import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { AppError, messageOf, systemErrorCode, type Progress } from '@pocketrocket/runtime';
import { extract } from 'tar-stream';
import { CHECKSUMS, checksumsSchema, HEADER, headerSchema, type Header } from './archiveFormat.ts';

/** One file of an archive. */
export interface ArchiveEntry {
  name: string;
  content: Buffer;
}

/**
 * The entries of an archive in their order, each whole in memory.
 * @throws AppError NOT_FOUND where there is no file; BAD_DATA where it is no archive, or ends too early
 */
export async function* readEntries(
  file: string,
  progress: Progress,
  what: string,
): AsyncGenerator<ArchiveEntry> {
  const { size } = await stat(file).catch((error: unknown) => {
    if (systemErrorCode(error) !== 'ENOENT') throw error;
    throw new AppError('NOT_FOUND', `there is no file ${file}`);
  });
  const stage = progress.stage(what, size, 'bytes');
  const source = createReadStream(file);
  const gunzip = createGunzip();
  const tar = extract();
  source.on('error', (error) => gunzip.destroy(error));
  gunzip.on('error', (error) => tar.destroy(error));
  source.pipe(gunzip).pipe(tar);
  let isFirst = true;
  try {
    for await (const entry of tar) {
      // Another archive is not read, however large its files are.
      if (isFirst && entry.header.name !== HEADER) throw noBackup(file);
      isFirst = false;
      const content = await buffer(entry);
      yield { name: entry.header.name, content };
      stage.update(source.bytesRead);
    }
    stage.finish();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('BAD_DATA', `${file} is not a backup, or is incomplete: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    source.destroy();
  }
}

/**
 * Reads an archive through and compares every entry with its checksum; changes nothing.
 * @throws AppError BAD_DATA where it is not whole or not of this kind
 */
export async function verifyArchive(file: string, progress: Progress): Promise<Header> {
  const found: Record<string, string> = {};
  let header: Header | null = null;
  let isComplete = false;
  for await (const { name, content } of readEntries(file, progress, 'checking')) {
    if (name === CHECKSUMS) {
      compare(file, found, checksumsSchema.parse(parseJson(file, content)).entries);
      isComplete = true;
      continue;
    }
    found[name] = createHash('sha256').update(content).digest('hex');
    if (name !== HEADER) continue;
    const parsed = headerSchema.safeParse(parseJson(file, content));
    if (!parsed.success)
      throw new AppError(
        'BAD_DATA',
        `${file} was made by another release, whose backups this one does not read`,
      );
    header = parsed.data;
  }
  if (header === null) throw noBackup(file);
  if (!isComplete) throw new AppError('BAD_DATA', `${file} is an incomplete backup`);
  return header;
}

const noBackup = (file: string) => new AppError('BAD_DATA', `${file} is not a backup`);

function compare(file: string, found: Record<string, string>, expected: Record<string, string>): void {
  for (const name of new Set([...Object.keys(found), ...Object.keys(expected)]))
    if (found[name] !== expected[name])
      throw new AppError('BAD_DATA', `${file} is damaged: the checksum of ${name} does not match`);
}

function parseJson(file: string, content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch (error) {
    throw new AppError('BAD_DATA', `${file} is damaged: ${messageOf(error)}`, { cause: error });
  }
}
