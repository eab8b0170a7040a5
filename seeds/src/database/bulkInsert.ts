import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

const ROWS_PER_STATEMENT = 500;

type SqlValue = string | number | null;

/**
 * Inserts many rows with few statements: raw multi-row inserts, always of the same size, so that the driver prepares one
 * statement a table; several times faster than TypeORM's query builder.
 */
export class BulkInsert {
  readonly #manager: EntityManager;
  readonly #head: string;
  readonly #row: string;
  readonly #fullStatement: string;
  readonly #numColumns: number;
  #values: SqlValue[] = [];

  constructor(manager: EntityManager, entity: EntityTarget<ObjectLiteral>, columns: readonly string[]) {
    const { driver } = manager.dataSource;
    const table = manager.dataSource.getMetadata(entity).tableName;
    this.#manager = manager;
    this.#numColumns = columns.length;
    this.#head = `INSERT INTO ${driver.escape(table)} (${columns.map((column) => driver.escape(column)).join(', ')}) VALUES `;
    this.#row = `(${columns.map(() => '?').join(', ')})`;
    this.#fullStatement = this.#statement(ROWS_PER_STATEMENT);
  }

  /** Takes a row, its values in the order of the columns; true when `flush` is due. */
  add(...row: readonly SqlValue[]): boolean {
    for (const value of row) this.#values.push(value);
    return this.#values.length >= ROWS_PER_STATEMENT * this.#numColumns;
  }

  /** Writes the rows taken since the last time. */
  async flush(): Promise<void> {
    const numRows = this.#values.length / this.#numColumns;
    if (numRows === 0) return;
    const values = this.#values;
    this.#values = [];
    await this.#manager.query(
      numRows === ROWS_PER_STATEMENT ? this.#fullStatement : this.#statement(numRows),
      values,
    );
  }

  #statement(numRows: number): string {
    return this.#head + Array.from({ length: numRows }, () => this.#row).join(', ');
  }
}
