import { afterAll, beforeAll, describe } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '@pocketrocket/schema/db';
import { DataSource } from 'typeorm';

const ENGINES = ['better-sqlite3', 'node-sqlite3-wasm', 'mysql'] as const;

/**
 * Runs a suite on every database that the server can run on, each time on an empty one that is gone afterwards;
 * on MySQL where `TEST_MYSQL_URL` names a server.
 */
export function describeOnEveryDatabase(name: string, suite: (database: () => Database) => void): void {
  const mysqlUrl = process.env['TEST_MYSQL_URL'];
  for (const engine of ENGINES) {
    const run = engine === 'mysql' && !mysqlUrl ? describe.skip : describe;
    run(`${name} on ${engine}`, () => {
      let opened: TestDatabase | undefined;
      beforeAll(async () => {
        opened = engine === 'mysql' ? await createOnMysql(mysqlUrl ?? '') : await createSqlite(engine);
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

/** An empty SQLite file of its own. */
export async function createSqlite(
  sqliteEngine: 'better-sqlite3' | 'node-sqlite3-wasm',
): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-server-'));
  const database = await openDatabase({ url: `sqlite:${join(folder, 'test.sqlite')}`, sqliteEngine });
  return {
    database,
    async drop() {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function createOnMysql(serverUrl: string): Promise<TestDatabase> {
  const name = `pocketrocket_server_${process.pid}_${Date.now()}`;
  const url = new URL(serverUrl);
  const onServer = async (statement: string) => {
    const server = await new DataSource({ type: 'mysql', url: serverUrl }).initialize();
    await server.query(statement);
    await server.destroy();
  };
  await onServer(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  const database = await openDatabase({ url: url.href });
  return {
    database,
    async drop() {
      await database.close();
      await onServer(`DROP DATABASE ${name}`);
    },
  };
}
