import { Readable } from 'node:stream';
import type { PoolConnection, ResultSetHeader } from 'mysql2';
import type { QueryRunner } from 'typeorm';
import type { RatingBlock } from '@pocketrocket/formats';
import { blockText, rowsText } from './infileText.ts';
import { RATING_COLUMNS, type SqlValue, type TableLoader } from './tableLoader.ts';
import type { DatasetTable, TableNames } from './tables.ts';

/** Ratings a statement: few enough that one that is undone costs seconds, enough that committing costs nothing. */
const RATINGS_PER_STATEMENT = 500_000;

/** Loads by LOAD DATA LOCAL INFILE, which MySQL takes at twice the speed of inserts; each statement is committed by itself. */
export class InfileLoader implements TableLoader {
  constructor(
    private readonly runner: QueryRunner,
    private readonly names: TableNames,
  ) {}

  async load(
    table: DatasetTable,
    columns: readonly string[],
    rows: Iterable<readonly SqlValue[]>,
  ): Promise<void> {
    let count = 0;
    function* counted() {
      for (const row of rows) {
        count++;
        yield row;
      }
    }
    await this.#send(table, columns, rowsText(counted()), () => count);
  }

  async loadRatings(blocks: Iterable<RatingBlock>, onDone: (done: number) => void): Promise<void> {
    const iterator = blocks[Symbol.iterator]();
    let done = 0;
    let isMore = true;
    while (isMore) {
      const start = done;
      function* some() {
        while (done - start < RATINGS_PER_STATEMENT) {
          const next = iterator.next();
          if (next.done) {
            isMore = false;
            return;
          }
          yield blockText(next.value);
          onDone((done += next.value.length));
        }
      }
      await this.#send('rating', RATING_COLUMNS, some(), () => done - start);
    }
  }

  async #send(
    table: DatasetTable,
    columns: readonly string[],
    text: Iterable<Buffer>,
    count: () => number,
  ): Promise<void> {
    const connection = (await this.runner.connect()) as PoolConnection;
    await this.runner.startTransaction();
    try {
      const stream = Readable.from(text, { objectMode: false });
      const taken = await infile(connection, stream, {
        table: this.names(table),
        columns,
      });
      // LOCAL turns errors into warnings, and rows that cannot be had into none.
      if (taken.affectedRows !== count() || taken.warningStatus !== 0)
        throw new Error(`MySQL took ${taken.affectedRows} of ${count()} rows of ${table}: ${taken.info}`);
      await this.runner.commitTransaction();
    } catch (error) {
      // Where the connection is gone the server undoes it by itself.
      await this.runner.rollbackTransaction().catch(() => {});
      throw error;
    }
  }
}

/** Sends a stream of tab-separated lines into a table. */
export function infile(
  connection: PoolConnection,
  stream: Readable,
  { table, columns }: { table: string; columns: readonly string[] },
): Promise<ResultSetHeader> {
  const sql =
    `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${table} CHARACTER SET utf8mb4 ` +
    `FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' (${columns.join(', ')})`;
  return new Promise((resolve, reject) => {
    connection.query<ResultSetHeader>({ sql, infileStreamFactory: () => stream }, (error, result) => {
      stream.destroy();
      if (error) reject(error);
      else resolve(result);
    });
  });
}
