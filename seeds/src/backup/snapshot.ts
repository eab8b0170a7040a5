import { type Inspection, type OpenDatabaseOptions, TABLE_NAMES } from '@pocketrocket/schema/database';
import type { Row } from './archiveFormat.ts';

/** Rows in one part of a backup. */
export const ROWS_PER_PART = 20_000;

/** The URL of a database, and for a file the driver that reads it. */
export type DatabaseAddress = Pick<OpenDatabaseOptions, 'url' | 'sqliteEngine'>;

/** A table as it is at the moment of the snapshot. */
export interface SnapshotTable {
  name: string;
  columns: string[];
  numRows: number;
}

/** All tables as they were at one moment, whatever is written meanwhile. */
export interface Snapshot {
  migrations: string[];
  dataset: { name: string; identity: string } | null;
  tables: SnapshotTable[];
  /** The rows of a table in parts, each in the order of the columns. */
  rows(table: SnapshotTable): AsyncIterable<Row[]>;
  close(): Promise<void>;
}

/**
 * Takes a snapshot of a database of one dialect. @param scratch path beside which a copy may lie until the snapshot is closed
 * @throws AppError NOT_FOUND where there is no database
 */
export type TakeSnapshot = (address: DatabaseAddress, scratch: string) => Promise<Snapshot>;

type Asks = Pick<Inspection, 'query'>;

/** The tables that are there, the data set's last. */
export async function describeTables(
  asks: Asks,
  columnsOf: (table: string) => Promise<string[]>,
): Promise<SnapshotTable[]> {
  const tables: SnapshotTable[] = [];
  for (const name of [...TABLE_NAMES].sort((a, b) => Number(a === 'dataset') - Number(b === 'dataset'))) {
    const columns = await columnsOf(name);
    if (columns.length === 0) continue;
    const [count] = await asks.query<{ rows: number }>(`SELECT COUNT(*) AS \`rows\` FROM ${quoted(name)}`);
    tables.push({ name, columns, numRows: Number(count?.rows ?? 0) });
  }
  return tables;
}

/** The migrations that were run, and the data set. */
export async function factsOf(asks: Asks): Promise<Pick<Snapshot, 'migrations' | 'dataset'>> {
  const migrations = await asks.query<{ name: string }>('SELECT name FROM migrations ORDER BY timestamp');
  const [dataset] = await asks.query<{ name: string; identity: string }>(
    'SELECT name, identity FROM dataset',
  );
  return { migrations: migrations.map(({ name }) => name), dataset: dataset ?? null };
}

/** A name between the quotes that both dialects take. */
export function quoted(name: string): string {
  return `\`${name}\``;
}
