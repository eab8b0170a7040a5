import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

/** Everything that the database layer runs on. */
export const TEST_ENGINES = ['node-sqlite', 'node-sqlite3-wasm', 'mysql', 'mariadb'] as const;

export type TestEngine = (typeof TEST_ENGINES)[number];

/** The variables that name servers to test on. */
const SERVER_VARIABLES = { mysql: 'TEST_MYSQL_URL', mariadb: 'TEST_MARIADB_URL' } as const;

/** The URL of the server to test on; undefined where none is named, and for SQLite, which needs none. */
export function testServerUrl(engine: TestEngine): string | undefined {
  if (engine !== 'mysql' && engine !== 'mariadb') return undefined;
  return process.env[SERVER_VARIABLES[engine]] || undefined;
}

/** True when tests can run on this engine here. */
export function canTestOn(engine: TestEngine): boolean {
  return (engine !== 'mysql' && engine !== 'mariadb') || testServerUrl(engine) !== undefined;
}

/** Room for one database: a file, or an empty database of its own on a server. */
export interface TestRoom {
  options: { url: string; sqliteEngine?: 'node-sqlite' | 'node-sqlite3-wasm' };
  /** Removes it; whatever was opened in it must be closed. */
  drop(): Promise<void>;
}

let numRooms = 0;

/** @param characters of the new database on a server; the server's own standard unless given */
export async function makeTestRoom(engine: TestEngine, characters = ''): Promise<TestRoom> {
  if (engine !== 'mysql' && engine !== 'mariadb') {
    const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-database-'));
    return {
      options: { url: `sqlite:${join(folder, 'test.sqlite')}`, sqliteEngine: engine },
      drop() {
        rmSync(folder, { recursive: true, force: true });
        return Promise.resolve();
      },
    };
  }
  const { url, drop } = await makeDatabaseOn(testServerUrl(engine) ?? '', characters);
  return { options: { url }, drop };
}

/** An empty database of its own on a server; whatever was opened in it must be closed before it is dropped. */
export async function makeDatabaseOn(
  serverUrl: string,
  characters = '',
): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `pocketrocket_test_${process.pid}_${Date.now()}_${++numRooms}`;
  await onServer(serverUrl, `CREATE DATABASE ${name} ${characters}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(serverUrl, `DROP DATABASE ${name}`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const server = await createConnection(url);
  await server.query(statement);
  await server.end();
}
