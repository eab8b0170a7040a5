import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AppError, systemErrorCode } from '@pocketrocket/runtime';
import {
  type Format,
  type RowSource,
  type SourceTable,
  describeFormats,
  describeMissing,
  detectFormat,
  nameOf,
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
  const format = detectFormat(members.keys());
  const ratings = format?.ratings
    .map((table) => openTable(members, table, ratingTableOf))
    .find((table) => table !== null);
  const movies = format && openTable(members, format.movies, tableOf);
  if (!ratings || !movies) {
    archive.close();
    throw new AppError('BAD_DATA', complaintAbout(path, [...members.keys()]));
  }
  const links = format.links ? openTable(members, format.links, tableOf) : null;
  const tags = format.tags ? openTable(members, format.tags, tableOf) : null;
  const name = basename(resolve(path)).replace(/\.zip$/i, '');
  const stamps = [movies, ratings, links].map((table) =>
    table ? [table.file, members.get(table.file)?.stamp] : null,
  );
  return {
    rows: {
      name,
      synthetic: false,
      movies,
      ratings,
      links,
      tags,
      unusedFiles: unusedFiles(format, members, [movies, ratings, links]),
    },
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
  const isDataFolder = (files: ReadonlyMap<string, Member>) => detectFormat(files.keys()) !== null;
  if (stats.isDirectory()) return openFolder(path, isDataFolder);
  if (/\.zip$/i.test(path)) return openZip(path, isDataFolder);
  throw new AppError(
    'BAD_DATA',
    `${path} is neither a folder nor a .zip file; give the folder that holds it`,
  );
}

/** Files that would be read if another one, which is read in their place, were not there. */
function unusedFiles(
  format: Format | null,
  members: ReadonlyMap<string, Member>,
  tables: readonly ({ file: string } | null)[],
): string[] {
  const used = tables.flatMap((table) => (table ? [table.file] : []));
  const kinds = format ? [format.movies, ...format.ratings, ...(format.links ? [format.links] : [])] : [];
  return [...members.keys()].filter(
    (name) => !used.includes(name) && kinds.some((table) => nameOf(table, [name]) !== null),
  );
}

const NUM_SHOWN = 12;
/** Endings of files that hold tables and are not read. */
const OTHER_TABLES =
  /\.(?:xlsx?|ods|numbers|parquet|feather|jsonl?|ndjson|sql|db|sqlite3?|rda|rds|pkl|npy|npz|h5|rar|7z|tar|tgz|zip)$/i;

/** Says what is missing, or what could be there instead. */
function complaintAbout(path: string, names: string[]): string {
  const missing = describeMissing(names);
  if (missing !== null) return `${path} is no whole data set: ${missing}`;
  const more = names.length > NUM_SHOWN ? ` and ${names.length - NUM_SHOWN} more` : '';
  const found =
    names.length === 0 ? 'it has no files' : `it has ${names.slice(0, NUM_SHOWN).join(', ')}${more}`;
  const other = names.find((name) => OTHER_TABLES.test(name));
  if (other !== undefined)
    return `${path} is in no known format: ${found}. ${other} is not read: unpack it, or save its tables as movies.csv and ratings.csv`;
  return [
    `${path} is in no known format: ${found}; one of these pairs of files is needed:`,
    ...describeFormats(),
  ].join('\n  ');
}

function openTable<T, Table extends SourceTable<T>>(
  members: ReadonlyMap<string, Member>,
  format: TableFormat<T>,
  open: (format: TableFormat<T>, file: string, member: Member) => Table,
): Table | null {
  const file = nameOf(format, members.keys());
  const member = file === null ? undefined : members.get(file);
  return file !== null && member ? open(format, file, member) : null;
}
