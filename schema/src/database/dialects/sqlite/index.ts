import type { Dialect } from '../dialect.ts';
import { failureOfSqlite } from './errors.ts';
import { inspectSqlite } from './inspect.ts';
import { nativeSqliteProblem } from './nativeDriver.ts';
import { openSqlite } from './open.ts';
import { requireRoom } from './openFile.ts';
import { sqliteUrl } from './url.ts';

/** A file, or memory: better-sqlite3 where it is built, else SQLite in WebAssembly. */
export const sqlite: Dialect = {
  ...sqliteUrl,
  label: 'SQLite',
  needsSharedSecret: false,
  nativeDriver: { name: 'better-sqlite3', problem: () => nativeSqliteProblem() },
  onlyThreadBecause(url) {
    if (sqliteUrl.fileOf(url) === null) return 'the database is in memory';
    const problem = nativeSqliteProblem();
    return problem && `SQLite in WebAssembly serves from one thread (${problem})`;
  },
  open: openSqlite,
  inspect: inspectSqlite,
  async tryWriting(url, query) {
    await query('UPDATE dataset SET datasetId = datasetId WHERE datasetId < 0');
    const file = sqliteUrl.fileOf(url);
    if (file !== null) await requireRoom(file);
  },
  failureOf: failureOfSqlite,
};
