import { messageOf } from '@pocketrocket/runtime';
import type { SqliteEngine } from '../dialect.ts';
import { openNativeSqlite } from './nativeModule.ts';

let builtEngine: SqliteEngine | undefined;

/** The native SQLite where its module is there and loads, else the WebAssembly one. */
export function preferredSqliteEngine(): SqliteEngine {
  builtEngine ??= nativeSqliteProblem() === null ? 'node-sqlite' : 'node-sqlite3-wasm';
  return builtEngine;
}

/** The reason why the native SQLite does not serve; null where it does. */
export function nativeSqliteProblem(): string | null {
  try {
    openNativeSqlite(':memory:').close();
    return null;
  } catch (error) {
    return messageOf(error).split('\n', 1)[0] ?? '';
  }
}
