import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import {
  inspectDatabase,
  mysqlAddress,
  mysqlConnectionOptions,
  sqliteFileOf,
  TABLE_NAMES,
  type Inspection,
  type OpenDatabaseOptions,
} from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import { createConnection } from 'mysql2';
import type { Row } from './format.ts';

const ROWS_PER_PART = 20_000;

/** Where the database is, and for a file what reads it. */
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
 * Takes a snapshot: on MySQL by a transaction, on SQLite by a copy that lies beside `scratch` until the snapshot is closed.
 * @throws AppError NOT_FOUND where there is no database
 */
export async function takeSnapshot(database: DatabaseAddress, scratch: string): Promise<Snapshot> {
  return database.url.startsWith('mysql:')
    ? snapshotOfMysql(database.url)
    : snapshotOfSqlite(database, scratch);
}

async function snapshotOfSqlite({ url, sqliteEngine }: DatabaseAddress, scratch: string): Promise<Snapshot> {
  const file = sqliteFileOf(url);
  const live = await inspectDatabase({ url, sqliteEngine });
  if (live === null || file === null || !existsSync(file))
    throw new AppError('NOT_FOUND', `there is no database to back up: ${url}`);
  const copy = `${scratch}.${randomUUID()}.sqlite`;
  const remove = async () => {
    for (const suffix of ['', '-wal', '-shm', '-journal', '.lock', '.users'])
      await rm(copy + suffix, { recursive: true, force: true });
  };
  try {
    await live.query(`VACUUM INTO '${copy.replaceAll("'", "''")}'`);
  } catch (error) {
    await remove();
    throw error;
  } finally {
    await live.close();
  }
  const opened = await inspectDatabase({ url: `sqlite:${copy}`, sqliteEngine });
  if (opened === null) throw new AppError('ENVIRONMENT', `the copy ${copy} has gone`);
  const tables = await describeTables(opened, async (table) =>
    (await opened.query<{ name: string }>(`PRAGMA table_info(${quoted(table)})`)).map(({ name }) => name),
  );
  return {
    ...(await factsOf(opened)),
    tables,
    async *rows({ name, columns }) {
      let last = -1;
      for (;;) {
        const rows = await opened.query<Record<string, Row[number]>>(
          `SELECT rowid AS "rowid:", * FROM ${quoted(name)} WHERE rowid > ${last} ORDER BY rowid LIMIT ${ROWS_PER_PART}`,
        );
        if (rows.length === 0) return;
        last = Number(rows.at(-1)?.['rowid:']);
        yield rows.map((row) => columns.map((column) => row[column] ?? null));
      }
    },
    async close() {
      await opened.close();
      await remove();
    },
  };
}

async function snapshotOfMysql(url: string): Promise<Snapshot> {
  const connection = createConnection(mysqlConnectionOptions(mysqlAddress(url)));
  const query = async <Answer>(sql: string): Promise<Answer[]> =>
    (await connection.promise().query(sql))[0] as Answer[];
  try {
    await query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    const tables = await describeTables({ query }, async (table) => {
      const columns = await query<{ name: string }>(
        `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS
         WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '${table}' ORDER BY ORDINAL_POSITION`,
      );
      return columns.map(({ name }) => name);
    });
    return {
      ...(await factsOf({ query })),
      tables,
      async *rows({ name, columns }) {
        const list = columns.map(quoted).join(', ');
        const stream = connection
          .query({ sql: `SELECT ${list} FROM ${quoted(name)}`, rowsAsArray: true })
          .stream({ highWaterMark: 1000 }) as AsyncIterable<Row>;
        let part: Row[] = [];
        for await (const row of stream) {
          part.push(row);
          if (part.length < ROWS_PER_PART) continue;
          yield part;
          part = [];
        }
        if (part.length > 0) yield part;
      },
      async close() {
        await connection.promise().end();
      },
    };
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

type Asks = Pick<Inspection, 'query'>;

/** The tables that are there, the data set's last. */
async function describeTables(
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

async function factsOf(asks: Asks): Promise<Pick<Snapshot, 'migrations' | 'dataset'>> {
  const migrations = await asks.query<{ name: string }>('SELECT name FROM migrations ORDER BY timestamp');
  const [dataset] = await asks.query<{ name: string; identity: string }>(
    'SELECT name, identity FROM dataset',
  );
  return { migrations: migrations.map(({ name }) => name), dataset: dataset ?? null };
}

function quoted(name: string): string {
  return `\`${name}\``;
}
