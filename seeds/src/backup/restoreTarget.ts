import { rename, rm } from 'node:fs/promises';
import {
  inspectDatabase,
  MIGRATIONS,
  openDatabase,
  sqliteFileOf,
  TABLE_NAMES,
  type Database,
} from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import type { Header, Row } from './format.ts';
import type { DatabaseAddress } from './snapshot.ts';

const ROWS_PER_STATEMENT = 500;

/** A database being made anew from a backup. */
export interface RestoreTarget {
  /** Writes rows of a table, in the order of its columns in the header. */
  write(table: string, rows: readonly Row[]): Promise<void>;
  /** Makes what was written the database, with its tables as this release needs them. */
  finish(): Promise<void>;
  /** Gives up. */
  abandon(): Promise<void>;
}

/** What a database holds that a restore would replace: the data set's name, or that there are accounts; null for nothing. */
export async function heldBy(address: DatabaseAddress): Promise<string | null> {
  const inspection = await inspectDatabase(address);
  if (inspection === null) return null;
  try {
    const [dataset] = await inspection.query<{ name: string }>('SELECT name FROM dataset').catch(() => []);
    if (dataset !== undefined) return `the data set ${dataset.name}`;
    const accounts = await inspection.query('SELECT userId FROM account LIMIT 1').catch(() => []);
    return accounts.length > 0 ? 'accounts' : null;
  } finally {
    await inspection.close();
  }
}

/**
 * Begins to make a database anew, its tables as they were when the backup was made. An SQLite file is made beside the present one, which is
 * replaced at the end by one rename; MySQL's tables are dropped first and filled in place, the data set's row last.
 * @throws AppError BAD_DATA where a later release made the backup
 */
export async function beginRestore(
  { url, sqliteEngine }: DatabaseAddress,
  header: Header,
): Promise<RestoreTarget> {
  const known = MIGRATIONS.map((one) => new one().name);
  const unknown = header.migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new AppError(
      'BAD_DATA',
      `a later release made this backup (${unknown.join(', ')}): restore it with that one`,
    );
  const file = sqliteFileOf(url);
  const staging = file === null ? null : `${file}.restoring-${process.pid}`;
  const stagingUrl = staging === null ? url : `sqlite:${staging}`;
  if (staging === null) await dropTables(url);
  const database = await openDatabase({ url: stagingUrl, sqliteEngine, migrations: header.migrations });
  const abandon = async () => {
    await database.close();
    if (staging !== null) await removeSqlite(staging);
  };
  const columns = new Map(header.tables.map(({ name, columns: list }) => [name, list]));
  try {
    await database.dataSource.query(database.engine === 'mysql' ? 'SELECT 1' : 'PRAGMA foreign_keys = OFF');
  } catch (error) {
    await abandon();
    throw error;
  }
  return {
    write: (table, rows) => insert(database, table, columns.get(table) ?? [], rows),
    async finish() {
      await database.close();
      await (await openDatabase({ url: stagingUrl, sqliteEngine })).close();
      if (file === null || staging === null) return;
      // A log of the file that was there must not be taken for the new one's.
      for (const suffix of ['-wal', '-shm', '-journal', '.lock'])
        await rm(file + suffix, { recursive: true, force: true });
      await rename(staging, file);
      await removeSqlite(staging);
    },
    abandon,
  };
}

async function insert(
  database: Database,
  table: string,
  columns: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  if (!TABLE_NAMES.includes(table))
    throw new AppError('BAD_DATA', `the backup has a table ${table}, which is unknown`);
  const head = `INSERT INTO \`${table}\` (${columns.map((column) => `\`${column}\``).join(', ')}) VALUES `;
  const row = `(${columns.map(() => '?').join(', ')})`;
  await database.transaction(async (manager) => {
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
      const some = rows.slice(start, start + ROWS_PER_STATEMENT);
      await manager.query(head + some.map(() => row).join(', '), some.flat());
    }
  });
}

async function dropTables(url: string): Promise<void> {
  const inspection = await inspectDatabase({ url });
  if (inspection === null) return;
  try {
    await inspection.query('SET FOREIGN_KEY_CHECKS = 0');
    // The data set first: from here on the database counts as empty.
    const names = [...TABLE_NAMES].sort((a, b) => Number(b === 'dataset') - Number(a === 'dataset'));
    for (const name of [...names, 'migrations']) await inspection.query(`DROP TABLE IF EXISTS \`${name}\``);
  } finally {
    await inspection.close();
  }
}

async function removeSqlite(file: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm', '-journal', '.lock', '.users'])
    await rm(file + suffix, { recursive: true, force: true });
}
