import { existsSync } from 'node:fs';
import { DataSource } from 'typeorm';
import type { Inspection, OpenDatabaseOptions } from '../dialect.ts';
import { sqliteOptions } from './connectionOptions.ts';
import { preferredSqliteEngine } from './nativeDriver.ts';
import { sqliteUrl } from './url.ts';

/** Opens a file as it is; null where there is none. @throws what the driver throws */
export async function inspectSqlite({
  url,
  sqliteEngine,
}: Pick<OpenDatabaseOptions, 'url' | 'sqliteEngine'>): Promise<Omit<Inspection, 'dialect'> | null> {
  const file = sqliteUrl.fileOf(url);
  if (file === null || !existsSync(file)) return null;
  const engine = sqliteEngine ?? preferredSqliteEngine();
  const dataSource = await new DataSource({ ...sqliteOptions(url, engine), entities: [] }).initialize();
  return { engine, query: (sql) => dataSource.query(sql), close: () => dataSource.destroy() };
}
