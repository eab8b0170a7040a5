import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import {
  FormatError,
  MAX_EXPORT_BYTES,
  readPersonalExport,
  type ExportFile,
  type PersonalExport,
} from '@pocketrocket/formats';
import { AppError, systemErrorCode } from '@pocketrocket/runtime';

/** Reads a person's export from a zip file, a file, or a folder with all below it. @throws AppError NOT_FOUND, BAD_DATA */
export async function readExport(path: string): Promise<PersonalExport> {
  const files = await filesAt(path);
  try {
    return readPersonalExport(files);
  } catch (cause) {
    if (cause instanceof FormatError) throw new AppError('BAD_DATA', cause.message, { cause });
    throw cause;
  }
}

async function filesAt(path: string): Promise<ExportFile[]> {
  const stats = await stat(path).catch((cause: unknown) => {
    if (systemErrorCode(cause) !== 'ENOENT') throw cause;
    throw new AppError('NOT_FOUND', `there is no file or folder ${path}`, { cause });
  });
  if (!stats.isDirectory()) {
    checkSize(path, stats.size);
    // The folders that it lies in are no part of the export: they may be called `lists` too.
    return [{ path: basename(path), bytes: await readFile(path) }];
  }
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files: ExportFile[] = [];
  let bytes = 0;
  for (const entry of entries.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    bytes += (await stat(file)).size;
    checkSize(path, bytes);
    files.push({ path: relative(path, file).split(sep).join('/'), bytes: await readFile(file) });
  }
  return files;
}

function checkSize(path: string, bytes: number): void {
  if (bytes > MAX_EXPORT_BYTES)
    throw new AppError(
      'BAD_DATA',
      `${path} is larger than an export may be (${MAX_EXPORT_BYTES / 1_000_000} MB): give the export's own file or folder`,
    );
}
