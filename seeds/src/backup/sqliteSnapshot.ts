import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { databaseFileOf, inspectDatabase, sqliteUrlOf } from '@pocketrocket/schema/database';
import { AppError } from '@pocketrocket/runtime';
import type { Row } from './archiveFormat.ts';
import { removeWhenStopped } from '../output/unfinished.ts';
import { filesOfSqlite, removeSqliteFile } from './sqliteFiles.ts';
import {
  describeTables,
  factsOf,
  quoted,
  ROWS_PER_PART,
  type DatabaseAddress,
  type Snapshot,
} from './snapshot.ts';

/** Copies the file by VACUUM INTO and reads the copy. */
export async function snapshotOfSqlite(
  { url, sqliteEngine }: DatabaseAddress,
  scratch: string,
): Promise<Snapshot> {
  const file = databaseFileOf(url);
  const live = await inspectDatabase({ url, sqliteEngine });
  if (live === null || file === null || !existsSync(file))
    throw new AppError('NOT_FOUND', `there is no database to back up: ${url}`);
  const copy = `${scratch}.${randomUUID()}.sqlite`;
  const leave = filesOfSqlite(copy).map((file) => removeWhenStopped(file));
  const removeCopy = async () => {
    await removeSqliteFile(copy);
    for (const one of leave) one();
  };
  try {
    // Filled below, and nobody else's to read.
    await writeFile(copy, '', { mode: 0o600 });
    await live.query(`VACUUM INTO '${copy.replaceAll("'", "''")}'`);
  } catch (error) {
    await removeCopy();
    throw error;
  } finally {
    await live.close();
  }
  const opened = await inspectDatabase({ url: sqliteUrlOf(copy), sqliteEngine });
  if (opened === null) throw new AppError('ENVIRONMENT', `the copy ${copy} has disappeared`);
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
      await removeCopy();
    },
  };
}
