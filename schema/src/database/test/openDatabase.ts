/** Opens a database, says so and ends, for a test to start several of it at once. */
import { openDatabase } from '../index.ts';

const [url = '', sqliteEngine] = process.argv.slice(2);
const isNamed = sqliteEngine === 'node-sqlite' || sqliteEngine === 'node-sqlite3-wasm';
const database = await openDatabase({ url, ...(isNamed && { sqliteEngine }) });
const applied = await database.dataSource.query<unknown[]>('SELECT name FROM migrations');
await database.close();
process.stdout.write(`${applied.length}\n`);
