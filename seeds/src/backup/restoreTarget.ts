import {
  dialectOf,
  MIGRATIONS,
  openDatabase,
  TABLE_NAMES,
  type Database,
} from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import { BACKUP_DIALECTS } from './dialects.ts';
import type { Header, Row } from './archiveFormat.ts';
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

/**
 * Begins to make a database anew, its tables as they were when the backup was made. An SQLite file is made beside the present one, which is
 * replaced at the end by one rename; MySQL's tables are moved aside, and dropped at the end.
 * @throws AppError BAD_DATA where a later release made the backup; CONFLICT while others use MySQL's database
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
      `a later release made this backup (${unknown.join(', ')}): restore it with that release`,
    );
  const place = await BACKUP_DIALECTS[dialectOf(url).name].prepareRestore(url);
  const database = await openDatabase({
    url: place.url,
    sqliteEngine,
    migrations: header.migrations,
  }).catch(async (error: unknown) => {
    await place.abandon();
    throw error;
  });
  const abandon = async () => {
    await database.close();
    await place.abandon();
  };
  const columns = new Map(header.tables.map(({ name, columns: list }) => [name, list]));
  try {
    await place.allowAnyOrder(database);
  } catch (error) {
    await abandon();
    throw error;
  }
  return {
    write: (table, rows) => insert(database, table, columns.get(table) ?? [], rows),
    async finish() {
      await database.close();
      await (await openDatabase({ url: place.url, sqliteEngine })).close();
      await place.replace();
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
