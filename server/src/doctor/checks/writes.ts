import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  databaseFileOf,
  dialectOf,
  sqliteUrlOf,
  writeFailureOf,
  type Inspection,
  type WriteFailure,
} from '@pocketrocket/schema/database';
import { messageOf } from '@pocketrocket/runtime';
import { about, type Finding } from '../finding.ts';

const { ok, warn, fail } = about('database');
const RESTORE = 'restore a backup: npm run restore -- <file> --replace';

/** The advice about each failure. */
const ADVICE: Readonly<Record<WriteFailure, (url: string) => string>> = {
  readOnly: (url) =>
    databaseFileOf(url) === null
      ? 'point DATABASE_URL at the server that takes writes, or SET GLOBAL read_only = 0 (super_read_only too) where this is it'
      : writable(url),
  denied: () => 'GRANT ALL PRIVILEGES on this database to the user that DATABASE_URL names',
  full: () => 'make room on the disk that the database is on',
  moved: () => 'restart the server: it has another file open than the one there is',
};

/** Writes without changing anything. */
export async function lookAtWrites(inspection: Inspection, url: string): Promise<Finding> {
  const { dialect } = inspection;
  try {
    await dialect.tryWriting(url, (sql) => inspection.query(sql));
    return ok('it takes writes');
  } catch (error) {
    const failure = writeFailureOf(dialect, error);
    if (failure !== null) return fail(`it refuses writes: ${messageOf(error)}`, ADVICE[failure](url));
    if (dialect.failureOf(error) === 'busy')
      return warn('another process is writing to it, such as an import', 'look again when that has ended');
    throw error;
  }
}

/** Tells a folder, and a file that cannot be opened because this user may not write it, from a file that is damaged. */
export function fileUnreachable(url: string, error: unknown): Finding {
  const file = databaseFileOf(url);
  if (file !== null && statSync(file, { throwIfNoEntry: false })?.isDirectory())
    return fail(
      `${file} is a folder`,
      `name a file in it: DATABASE_URL=${sqliteUrlOf(join(file, 'pocketrocket.sqlite'))}`,
    );
  if (isForeign(error)) return unreadable(error);
  const problem = `the file cannot be opened: ${messageOf(error)}`;
  const failure = writeFailureOf(dialectOf(url), error);
  if (failure !== null) return fail(problem, ADVICE[failure](url));
  if (file !== null && !(isWritable(file) && isWritable(dirname(file)))) return fail(problem, writable(url));
  return fail(problem, RESTORE);
}

/** Tells a file that SQLite cannot read as damaged, or as another one than was meant. */
export const unreadable = (error: unknown): Finding =>
  isForeign(error)
    ? fail(
        'the file is no SQLite database',
        `name the database in DATABASE_URL, if that is another file; if this was it, ${RESTORE}`,
      )
    : damaged(messageOf(error));

/** A finding about a file that is a database, but not whole. */
export const damaged = (problem: string): Finding => fail(`the file is damaged: ${problem}`, RESTORE);

const isForeign = (error: unknown): boolean => messageOf(error).includes('file is not a database');

function writable(url: string): string {
  return `let this user write ${databaseFileOf(url)} and the folder it is in (chown, or remount it writable): the data are whole`;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
