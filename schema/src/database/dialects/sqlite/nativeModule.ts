import { createRequire } from 'node:module';
import { failureOfSqlite } from './errors.ts';

// Loaded only where it serves: a platform may lack it.
const require = createRequire(import.meta.url);

export type SqlValue = null | number | bigint | string | Uint8Array;

/** The part of `node:sqlite` that is used; the types of Node.js 20 do not know it. */
export interface NativeStatement {
  all(...values: SqlValue[]): unknown[][];
  run(...values: SqlValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  columns(): { name: string }[];
  setReturnArrays(enabled: true): void;
}

export interface NativeDatabase {
  prepare(sql: string): NativeStatement;
  exec(sql: string): void;
  close(): void;
}

interface PackageDatabase extends NativeDatabase {
  readonly isTransaction: boolean;
}

interface NativeModule {
  DatabaseSync: new (path: string, options?: { readOnly?: boolean; timeout?: number }) => PackageDatabase;
}

/** Node.js has an SQLite of its own that it no longer calls experimental from this release on; source: https://nodejs.org/api/sqlite.html. */
const BUILT_IN_FROM = { major: 24, minor: 15 };

/** Names the module with the native SQLite: Node.js' own, or the package with the same interface for earlier releases. */
export function nativeSqliteModule(
  nodeVersion = process.versions.node,
): 'node:sqlite' | '@photostructure/sqlite' {
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const isBuiltIn =
    major > BUILT_IN_FROM.major || (major === BUILT_IN_FROM.major && minor >= BUILT_IN_FROM.minor);
  return isBuiltIn ? 'node:sqlite' : '@photostructure/sqlite';
}

/** Opens a file, or `:memory:`. @throws Error where the module is missing or does not load, and what SQLite says of the file */
export function openNativeSqlite(
  path: string,
  options: { readOnly?: boolean; timeout?: number } = {},
): NativeDatabase {
  const name = nativeSqliteModule();
  const { DatabaseSync } = require(name) as NativeModule;
  const database = new DatabaseSync(path, options);
  if (name === 'node:sqlite') return database;
  return {
    prepare: (sql) => database.prepare(sql),
    exec: (sql) => database.exec(sql),
    close() {
      try {
        leaveLog(database);
      } finally {
        database.close();
      }
    },
  };
}

/**
 * Ends what a connection has under way, and the write-ahead log where no other connection uses it. The package's `close` ends neither before
 * the last statement is garbage collected, or the process is over: another database may stand at the path of the log by then.
 */
function leaveLog(database: PackageDatabase): void {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = DELETE');
  } catch (error) {
    // Another connection goes on with the log, or the file cannot be written: closing leaves it, too.
    if (failureOfSqlite(error) === null) throw error;
  }
}
