import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemErrorCode } from '@pocketrocket/runtime';
import { SQLITE_FULL, SQLITE_READONLY_DBMOVED } from './errors.ts';

/** With less room than this a write may fail at any moment: one that changes some pages writes them to the log first. */
const LITTLE_BYTES = 1e6;

/** An error in the words of SQLite, for what it does not notice or not before it writes. */
class SqliteError extends Error {
  readonly errcode: number;

  constructor(errcode: number, message: string) {
    super(message);
    this.errcode = errcode;
  }
}

/** Looks for room where a database lies. @throws SqliteError SQLITE_FULL */
export async function requireRoom(file: string): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(file));
  if (bavail * bsize < LITTLE_BYTES) throw new SqliteError(SQLITE_FULL, 'database or disk is full');
}

/**
 * Remembers which file a path names, now that it is open.
 * @returns looks whether the path names it still: with a write-ahead log SQLite goes on writing to a file that was removed or replaced.
 *   It throws SqliteError SQLITE_READONLY_DBMOVED where it does not
 */
export function watchOpenFile(file: string): () => void {
  const opened = identityOf(file);
  return () => {
    if (identityOf(file) !== opened)
      throw new SqliteError(SQLITE_READONLY_DBMOVED, 'the database file was removed or replaced');
  };
}

function identityOf(file: string): string | null {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}
