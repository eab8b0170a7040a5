import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError, systemErrorCode } from '@pocketrocket/runtime';
import {
  type RowSource,
  type SourceTable,
  describeFormats,
  detectFormat,
  type TableFormat,
} from '@pocketrocket/formats';
import type { Archive, Member } from './archive.ts';
import { openFolder } from './folder.ts';
import { ratingTableOf, tableOf } from './memberTable.ts';
import { openZip } from './zip.ts';

/** A source of rows, ready to be read. */
export interface OpenSource {
  rows: RowSource;
  /** Changes when the source's content does. */
  fingerprint: string;
  close(): void;
}

/**
 * Opens a data set in a folder or a zip file; its files may be gzipped, its name is the folder's or the file's.
 * @throws AppError NOT_FOUND where nothing is there; BAD_DATA where it is in no known format
 */
export async function openPath(path: string): Promise<OpenSource> {
  const archive = await openArchive(path);
  const { members } = archive;
  const format = detectFormat(namesIn(members));
  const ratings = format?.ratings
    .map((table) => openTable(members, table, ratingTableOf))
    .find((table) => table !== null);
  const movies = format && openTable(members, format.movies, tableOf);
  if (!ratings || !movies) {
    archive.close();
    throw new AppError(
      'BAD_DATA',
      [`${path} is in no known format; one of these pairs of files is needed:`, ...describeFormats()].join(
        '\n  ',
      ),
    );
  }
  const links = format.links ? openTable(members, format.links, tableOf) : null;
  const name = basename(resolve(path)).replace(/\.zip$/i, '');
  const stamps = [movies, ratings, links].map((table) =>
    table ? [table.file, members.get(table.file)?.stamp] : null,
  );
  return {
    rows: { name, synthetic: false, movies, ratings, links },
    fingerprint: createHash('sha256')
      .update(JSON.stringify([resolve(path), stamps]))
      .digest('hex'),
    close: () => archive.close(),
  };
}

/** @throws AppError NOT_FOUND, BAD_DATA */
export async function openArchive(path: string): Promise<Archive> {
  const stats = await stat(path).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') {
      throw new AppError('NOT_FOUND', `there is no file or folder ${path}`, { cause: error });
    }
    throw error;
  });
  if (stats.isDirectory()) return openFolder(path);
  if (/\.zip$/i.test(path)) return openZip(path, (files) => detectFormat(namesIn(files)) !== null);
  throw new AppError(
    'BAD_DATA',
    `${path} is neither a folder nor a .zip file; give the folder that holds it`,
  );
}

/** Names as formats know them: without `.gz`. */
function namesIn(members: ReadonlyMap<string, Member>): ReadonlySet<string> {
  return new Set([...members.keys()].map((name) => name.replace(/\.gz$/, '')));
}

function openTable<T>(
  members: ReadonlyMap<string, Member>,
  format: TableFormat<T>,
  open: (format: TableFormat<T>, file: string, member: Member) => SourceTable<T>,
): SourceTable<T> | null {
  for (const file of [format.file, `${format.file}.gz`]) {
    const member = members.get(file);
    if (member) return open(format, file, member);
  }
  return null;
}
