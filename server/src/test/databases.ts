import { afterAll, beforeAll, describe } from '@jest/globals';
import { openDatabase, type Database } from '@pocketrocket/schema/database';
import { canTestOn, makeTestRoom, TEST_ENGINES, type TestEngine } from '@pocketrocket/testing';

/**
 * Runs a suite on every database that the server can run on, each time on an empty one that is gone afterwards;
 * on MySQL and MariaDB where `TEST_MYSQL_URL` and `TEST_MARIADB_URL` name servers.
 */
export function describeOnEveryDatabase(name: string, suite: (database: () => Database) => void): void {
  for (const engine of TEST_ENGINES) {
    const run = canTestOn(engine) ? describe : describe.skip;
    run(`${name} on ${engine}`, () => {
      let opened: TestDatabase | undefined;
      beforeAll(async () => {
        opened = await createTestDatabase(engine);
      });
      afterAll(async () => opened?.drop());
      suite(() => {
        if (!opened) throw new Error('the database is open only while tests run');
        return opened.database;
      });
    });
  }
}

export interface TestDatabase {
  database: Database;
  drop(): Promise<void>;
}

/** An empty database of its own. */
export async function createTestDatabase(engine: TestEngine): Promise<TestDatabase> {
  const room = await makeTestRoom(engine);
  const database = await openDatabase(room.options);
  return {
    database,
    async drop() {
      await database.close();
      await room.drop();
    },
  };
}

/** An empty SQLite file of its own. */
export async function createSqlite(sqliteEngine: 'node-sqlite' | 'node-sqlite3-wasm'): Promise<TestDatabase> {
  return createTestDatabase(sqliteEngine);
}
