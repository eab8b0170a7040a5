import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Names the modules that hold a lock for the code under test. */
const MODULES = {
  'node-sqlite': '@photostructure/sqlite',
  'node-sqlite3-wasm': 'node-sqlite3-wasm',
} as const;

/** A script for either module: both have the same face as far as it goes. */
const HOLDER = `
const [, name, file] = process.argv;
const { Database, DatabaseSync = Database } = require(name);
const database = new DatabaseSync(file);
database.exec('BEGIN IMMEDIATE');
process.stdout.write('held');
process.stdin.on('end', () => {
  database.exec('COMMIT');
  database.close();
});
process.stdin.resume();
`;

/**
 * Lets another process hold the write lock of an SQLite file, as an import does.
 * @returns once it is held; `release` resolves once it is not
 */
export async function holdSqliteLock(
  engine: keyof typeof MODULES,
  file: string,
): Promise<{ release: () => Promise<void> }> {
  const child = spawn(process.execPath, ['-e', HOLDER, MODULES[engine], file], {
    cwd: import.meta.dirname,
    env: { PATH: process.env['PATH'] },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const released = once(child, 'close');
  const first = await Promise.race([once(child.stdout, 'data'), released]);
  if (!String(first[0]).startsWith('held')) throw new Error(`${file} cannot be locked`);
  return {
    async release() {
      child.stdin.end();
      await released;
    },
  };
}
