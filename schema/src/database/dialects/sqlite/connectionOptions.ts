import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import { AppError, messageOf } from '@pocketrocket/runtime';
import type { SqliteEngine } from '../dialect.ts';
import { PATIENCE_MS } from './lockWait.ts';
import { sqlitePath, sqliteUrl } from './url.ts';
import { WasmSqlite } from './wasmDriver.ts';

/** TypeORM's options for a file; makes its folder. @throws AppError ENVIRONMENT where it cannot */
export function sqliteOptions(url: string, engine: SqliteEngine): DataSourceOptions {
  const file = sqliteUrl.fileOf(url);
  if (file !== null) createFolder(dirname(file));
  return {
    type: 'better-sqlite3',
    database: sqlitePath(url),
    // Only while it is opened: `waitAsynchronously` waits from then on.
    timeout: PATIENCE_MS,
    enableWAL: file !== null,
    ...(engine === 'node-sqlite3-wasm' && { driver: WasmSqlite, statementCacheSize: 0 }),
    prepareDatabase: (connection: { pragma(text: string): unknown }) => {
      if (engine === 'better-sqlite3') connection.pragma('synchronous = NORMAL');
      // Overwrites what is deleted: an account that is erased is in no free page of the file.
      connection.pragma('secure_delete = ON');
    },
  };
}

function createFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new AppError(
      'ENVIRONMENT',
      `the folder ${folder} cannot be created: ${messageOf(error)}; set POCKETROCKET_HOME`,
      {
        cause: error,
      },
    );
  }
}
