import type { Dialect } from '../dialect.ts';
import { failureOfSqlite } from './errors.ts';
import { inspectSqlite } from './inspect.ts';
import { nativeSqliteProblem } from './nativeDriver.ts';
import { openSqlite } from './open.ts';
import { sqliteUrl } from './url.ts';

/** A file, or memory: better-sqlite3 where it is built, else SQLite in WebAssembly. */
export const sqlite: Dialect = {
  ...sqliteUrl,
  label: 'SQLite',
  needsSharedSecret: false,
  nativeDriver: { name: 'better-sqlite3', problem: () => nativeSqliteProblem() },
  open: openSqlite,
  inspect: inspectSqlite,
  failureOf: failureOfSqlite,
};
