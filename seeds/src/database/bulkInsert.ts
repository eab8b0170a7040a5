import type { QueryRunner } from 'typeorm';
import { UNKNOWN_TIME, type RatingBlock } from '@pocketrocket/formats';
import { RATING_COLUMNS, type SqlValue, type TableLoader } from './tableLoader.ts';
import type { DatasetTable, TableNames } from './tables.ts';

const ROWS_PER_STATEMENT = 500;

/** Runs statements: a transaction's manager or a connection. */
export type Queries = Pick<QueryRunner, 'query'>;

/** Loads by multi-row inserts. */
export class InsertLoader implements TableLoader {
  constructor(
    private readonly queries: Queries,
    private readonly names: TableNames,
  ) {}

  async load(
    table: DatasetTable,
    columns: readonly string[],
    rows: Iterable<readonly SqlValue[]>,
  ): Promise<void> {
    const insert = new BulkInsert(this.queries, this.names(table), columns);
    for (const row of rows) if (insert.add(row)) await insert.flush();
    await insert.flush();
  }

  async loadRatings(blocks: Iterable<RatingBlock>, onDone: (done: number) => void): Promise<void> {
    const insert = new BulkInsert(this.queries, this.names('rating'), RATING_COLUMNS);
    let done = 0;
    for (const block of blocks) {
      for (let index = 0; index < block.length; index++) {
        const at = block.ratedAtSeconds[index] ?? UNKNOWN_TIME;
        const isFull = insert.add([
          block.userIds[index] ?? 0,
          block.movieIds[index] ?? 0,
          block.halfStars[index] ?? 0,
          at === UNKNOWN_TIME ? null : at,
        ]);
        if (isFull) await insert.flush();
      }
      onDone((done += block.length));
    }
    await insert.flush();
  }
}

/**
 * Inserts many rows with few statements: raw multi-row inserts, always of the same size, so that the driver prepares one
 * statement a table; several times faster than TypeORM's query builder.
 */
export class BulkInsert {
  readonly #queries: Queries;
  readonly #head: string;
  readonly #row: string;
  readonly #fullStatement: string;
  readonly #numColumns: number;
  #values: SqlValue[] = [];

  constructor(queries: Queries, table: string, columns: readonly string[]) {
    this.#queries = queries;
    this.#numColumns = columns.length;
    this.#head = `INSERT INTO ${table} (${columns.join(', ')}) VALUES `;
    this.#row = `(${columns.map(() => '?').join(', ')})`;
    this.#fullStatement = this.#statement(ROWS_PER_STATEMENT);
  }

  /** Takes a row, its values in the order of the columns; true when `flush` is due. */
  add(row: readonly SqlValue[]): boolean {
    for (const value of row) this.#values.push(value);
    return this.#values.length >= ROWS_PER_STATEMENT * this.#numColumns;
  }

  /** Writes the rows taken since the last time. */
  async flush(): Promise<void> {
    const numRows = this.#values.length / this.#numColumns;
    if (numRows === 0) return;
    const values = this.#values;
    this.#values = [];
    await this.#queries.query(
      numRows === ROWS_PER_STATEMENT ? this.#fullStatement : this.#statement(numRows),
      values,
    );
  }

  #statement(numRows: number): string {
    return this.#head + Array.from({ length: numRows }, () => this.#row).join(', ');
  }
}
