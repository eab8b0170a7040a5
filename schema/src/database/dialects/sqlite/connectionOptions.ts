import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import { AppError, messageOf } from '@pocketrocket/runtime';
import type { SqliteEngine } from '../dialect.ts';
import { PATIENCE_MS } from './lockWait.ts';
import { NodeSqlite } from './nodeSqliteDriver.ts';
import { sqlitePath, sqliteUrl, sqliteUrlOf } from './url.ts';
import { WasmSqlite } from './wasmDriver.ts';

/** Pages of the file that a connection keeps in memory. */
const CACHE_KIB = 16_000;

/** TypeORM's options for a file; makes its folder. @throws AppError ENVIRONMENT where it cannot, or the file is a folder */
export function sqliteOptions(url: string, engine: SqliteEngine): DataSourceOptions {
  const file = sqliteUrl.fileOf(url);
  if (file !== null) {
    refuseFolder(file);
    createFolder(dirname(file));
  }
  return {
    type: 'better-sqlite3',
    database: sqlitePath(url),
    // Only while it is opened: `waitAsynchronously` waits from then on.
    timeout: PATIENCE_MS,
    enableWAL: file !== null,
    ...(engine === 'node-sqlite3-wasm'
      ? { driver: WasmSqlite, statementCacheSize: 0 }
      : { driver: NodeSqlite }),
    prepareDatabase: (connection: { pragma(text: string): unknown }) => {
      if (engine === 'node-sqlite') {
        connection.pragma('synchronous = NORMAL');
        connection.pragma(`cache_size = -${CACHE_KIB}`);
      }
      // Overwrites what is deleted: an account that is erased is in no free page of the file.
      connection.pragma('secure_delete = ON');
    },
  };
}

function refuseFolder(file: string): void {
  if (!statSync(file, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new AppError(
    'ENVIRONMENT',
    `${file} is a folder: name a file in it, such as ${sqliteUrlOf(join(file, 'pocketrocket.sqlite'))}`,
  );
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
