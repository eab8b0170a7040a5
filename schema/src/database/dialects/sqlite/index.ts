import type { Dialect } from '../dialect.ts';
import { failureOfSqlite } from './errors.ts';
import { inspectSqlite } from './inspect.ts';
import { nativeSqliteProblem } from './nativeDriver.ts';
import { nativeSqliteModule } from './nativeModule.ts';
import { openSqlite } from './open.ts';
import { requireRoom } from './openFile.ts';
import { sqliteUrl } from './url.ts';

/** A file, or memory: the native SQLite where there is one, else SQLite in WebAssembly. */
export const sqlite: Dialect = {
  ...sqliteUrl,
  nativeDriver: { name: nativeSqliteModule(), problem: nativeSqliteProblem },
  open: openSqlite,
  inspect: inspectSqlite,
  async tryWriting(url, query) {
    await query('UPDATE dataset SET datasetId = datasetId WHERE datasetId < 0');
    const file = sqliteUrl.fileOf(url);
    if (file !== null) await requireRoom(file);
  },
  failureOf: failureOfSqlite,
};
