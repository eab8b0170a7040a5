import { mysqlAddress, mysqlConnectionOptions } from '@pocketrocket/schema/database';
import { createConnection } from 'mysql2';
import type { Row } from './archiveFormat.ts';
import { describeTables, factsOf, quoted, ROWS_PER_PART, type Snapshot } from './snapshot.ts';

/** Reads in one transaction with a consistent snapshot. */
export async function snapshotOfMysql({ url }: { url: string }): Promise<Snapshot> {
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
