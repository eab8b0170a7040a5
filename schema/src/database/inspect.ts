import { existsSync } from 'node:fs';
import { createConnection } from 'mysql2/promise';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import {
  ENTITIES,
  preferredSqliteEngine,
  sqliteOptions,
  type DatabaseEngine,
  type OpenDatabaseOptions,
} from './database.ts';
import { mysqlAddress, mysqlConnectionOptions } from './mysql/connectionOptions.ts';

/** The names of all tables but TypeORM's own. */
export const TABLE_NAMES: readonly string[] = getMetadataArgsStorage()
  .tables.filter(({ target }) => (ENTITIES as unknown[]).includes(target))
  .flatMap(({ name }) => name ?? []);

/** A database opened as it is. */
export interface Inspection {
  readonly engine: DatabaseEngine;
  /** The rows that a statement answers. */
  query<Row>(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/** The file of an SQLite URL; null for a server or for memory. */
export function sqliteFileOf(url: string): string | null {
  if (!url.startsWith('sqlite:') || url === 'sqlite::memory:') return null;
  return url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
}

/**
 * Opens a database without bringing its tables up to date or making a file; null where there is no file.
 * @throws what the driver throws
 */
export async function inspectDatabase({
  url,
  sqliteEngine,
}: Pick<OpenDatabaseOptions, 'url' | 'sqliteEngine'>): Promise<Inspection | null> {
  if (url.startsWith('mysql:')) {
    const connection = await createConnection(mysqlConnectionOptions(mysqlAddress(url)));
    return {
      engine: 'mysql',
      query: async <Row>(sql: string) => (await connection.query(sql))[0] as Row[],
      close: () => connection.end(),
    };
  }
  const file = sqliteFileOf(url);
  if (file === null || !existsSync(file)) return null;
  const engine = sqliteEngine ?? preferredSqliteEngine();
  const dataSource = await new DataSource({ ...sqliteOptions(url, engine), entities: [] }).initialize();
  return { engine, query: (sql) => dataSource.query(sql), close: () => dataSource.destroy() };
}
