import { systemErrorCode } from '@pocketrocket/runtime';
import type { DatabaseFailure } from '../dialect.ts';

/** Reads an error of better-sqlite3; SQLite in WebAssembly gives no code. */
export function failureOfSqlite(error: unknown): DatabaseFailure | null {
  const code = systemErrorCode(error) ?? '';
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return 'busy';
  if (code.startsWith('SQLITE_CONSTRAINT')) return 'duplicate';
  if (code.startsWith('SQLITE_FULL')) return 'full';
  return null;
}
