import type { DatabaseFailure } from '../dialect.ts';

/** SQLite's own words for SQLITE_BUSY and SQLITE_LOCKED: in WebAssembly it gives no code. */
const LOCKED = /^database (table )?is locked/;
/** The same for SQLITE_FULL and SQLITE_READONLY. */
const FULL = /^database or disk is full/;
const READ_ONLY = /^attempt to write a readonly database/;

/** Reads an error of better-sqlite3, or of SQLite in WebAssembly. */
export function failureOfSqlite(error: unknown): DatabaseFailure | null {
  const { code, message } = partsOf(error);
  if (/^SQLITE_(BUSY|LOCKED)/.test(code) || (code === '' && LOCKED.test(message))) return 'busy';
  if (code.startsWith('SQLITE_CONSTRAINT')) return 'duplicate';
  if (code.startsWith('SQLITE_FULL') || (code === '' && FULL.test(message))) return 'full';
  if (code === 'SQLITE_READONLY_DBMOVED') return 'moved';
  if (code.startsWith('SQLITE_READONLY') || (code === '' && READ_ONLY.test(message))) return 'readOnly';
  return null;
}

/** True for a transaction that read before another one wrote: it must begin anew, however long it waits. */
export function isOldSnapshot(error: unknown): boolean {
  return partsOf(error).code === 'SQLITE_BUSY_SNAPSHOT';
}

/** The native module keeps the first class of errors that a process gave it, which is of another realm for later test files. */
function partsOf(error: unknown): { code: string; message: string } {
  if (typeof error !== 'object' || error === null) return { code: '', message: '' };
  const { code, message } = error as { code?: unknown; message?: unknown };
  return {
    code: typeof code === 'string' ? code : '',
    message: typeof message === 'string' ? message : '',
  };
}
