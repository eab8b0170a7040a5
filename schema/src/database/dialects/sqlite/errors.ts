import type { DatabaseFailure } from '../dialect.ts';

/** Result codes of SQLite, whose lowest byte is the kind; source: https://www.sqlite.org/rescode.html. */
const RESULT = { BUSY: 5, LOCKED: 6, READONLY: 8, FULL: 13, CONSTRAINT: 19 } as const;
export const SQLITE_FULL = RESULT.FULL;
export const SQLITE_READONLY_DBMOVED = 1032;
const SQLITE_BUSY_SNAPSHOT = 517;

/** SQLite's own words for each kind: in WebAssembly it gives no code. */
const WORDS: readonly (readonly [RegExp, number])[] = [
  [/^database (table )?is locked/, RESULT.BUSY],
  [/^database or disk is full/, RESULT.FULL],
  [/^attempt to write a readonly database/, RESULT.READONLY],
];

const FAILURES: Readonly<Record<number, DatabaseFailure>> = {
  [RESULT.BUSY]: 'busy',
  [RESULT.LOCKED]: 'busy',
  [RESULT.CONSTRAINT]: 'duplicate',
  [RESULT.FULL]: 'full',
  [RESULT.READONLY]: 'readOnly',
};

/** Reads an error of the native SQLite, or of SQLite in WebAssembly. */
export function failureOfSqlite(error: unknown): DatabaseFailure | null {
  const code = resultCodeOf(error);
  if (code === SQLITE_READONLY_DBMOVED) return 'moved';
  return FAILURES[code & 0xff] ?? null;
}

/** True for a transaction that read before another one wrote: it must begin anew, however long it waits. */
export function isOldSnapshot(error: unknown): boolean {
  return resultCodeOf(error) === SQLITE_BUSY_SNAPSHOT;
}

/** The result code of an error; 0 for any other. Errors of the native module may be of another realm. */
function resultCodeOf(error: unknown): number {
  if (typeof error !== 'object' || error === null) return 0;
  const { errcode, message } = error as { errcode?: unknown; message?: unknown };
  if (typeof errcode === 'number') return errcode;
  return WORDS.find(([words]) => typeof message === 'string' && words.test(message))?.[1] ?? 0;
}
