import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Names the modules that hold a lock for the code under test. */
const MODULES = {
  'node-sqlite': '@photostructure/sqlite',
  'node-sqlite3-wasm': 'node-sqlite3-wasm',
} as const;

/** A script for either module: both have the same face as far as it goes. */
const HOLDER = `
const [, name, file, holdMs] = process.argv;
const { Database, DatabaseSync = Database } = require(name);
const database = new DatabaseSync(file);
database.exec('BEGIN IMMEDIATE');
process.stdout.write('held');
setTimeout(() => {
  database.exec('COMMIT');
  database.close();
}, Number(holdMs));
`;

/**
 * Lets another process hold the write lock of an SQLite file for a while, as an import does.
 * @returns once it is held; `released` resolves once it is not
 */
export async function holdSqliteLock(
  engine: keyof typeof MODULES,
  file: string,
  holdMs: number,
): Promise<{ released: Promise<unknown> }> {
  const child = spawn(process.execPath, ['-e', HOLDER, MODULES[engine], file, String(holdMs)], {
    cwd: import.meta.dirname,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const released = once(child, 'close');
  const first = await Promise.race([once(child.stdout, 'data'), released]);
  if (!String(first[0]).startsWith('held')) throw new Error(`${file} cannot be locked`);
  return { released };
}
