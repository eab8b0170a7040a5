/** Replaces a database's data set and stops for good in the middle of the transaction, for a test to kill it there. */
import { openDatabase } from '@pocketrocket/schema/database';
import { importDataset } from '../importDataset.ts';
import { readPath } from './datasets.ts';

const [url = '', engine = '', path = ''] = process.argv.slice(2);
const isNamed = engine === 'node-sqlite' || engine === 'node-sqlite3-wasm';
const database = await openDatabase({ url, ...(isNamed && { sqliteEngine: engine }) });
await importDataset(database, await readPath(path), {
  replace: true,
  progress: {
    stage: (name) => ({
      update() {
        if (name !== 'writing ratings') return;
        process.stdout.write('in the transaction\n');
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      },
      finish() {},
    }),
    close() {},
  },
});
