import { createRequire } from 'node:module';
import { messageOf } from '@pocketrocket/runtime';
import type { SqliteEngine } from '../dialect.ts';

const require = createRequire(import.meta.url);

let builtEngine: SqliteEngine | undefined;

/** The native SQLite where its module is built, loads and may be trusted, else the WebAssembly one. */
export function preferredSqliteEngine(): SqliteEngine {
  builtEngine ??= nativeSqliteProblem() === null ? 'better-sqlite3' : 'node-sqlite3-wasm';
  return builtEngine;
}

/** From this Node.js on, releases of better-sqlite3 before the other number end the process when statements are garbage collected. */
const SAFE_FROM = { node: 24, module: 13 };

/** The reason why the native SQLite does not serve; null where it does. @param nodeVersion such as `20.20.2` */
export function nativeSqliteProblem(nodeVersion = process.versions.node): string | null {
  try {
    const Native = require('better-sqlite3') as new (path: string) => { close(): void };
    new Native(':memory:').close();
    const { version } = require('better-sqlite3/package.json') as { version: string };
    if (Number.parseInt(nodeVersion) >= SAFE_FROM.node && Number.parseInt(version) < SAFE_FROM.module)
      return `better-sqlite3 ${version} is not safe on Node.js ${SAFE_FROM.node}: npm install better-sqlite3@${SAFE_FROM.module}`;
    return null;
  } catch (error) {
    return messageOf(error).split('\n', 1)[0] ?? '';
  }
}
