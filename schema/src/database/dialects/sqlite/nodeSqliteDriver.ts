import {
  openNativeSqlite,
  type NativeDatabase,
  type NativeStatement,
  type SqlValue,
} from './nativeModule.ts';

/** The part of better-sqlite3's statement that TypeORM's driver calls. */
class StatementAdapter {
  readonly reader: boolean;
  readonly #statement: NativeStatement;
  readonly #columns: () => readonly string[];

  constructor(sql: string, statement: NativeStatement) {
    this.#statement = statement;
    const names = namesOf(statement);
    this.reader = names.length > 0;
    // A change of the tables changes what `*` stands for, while the statement goes on.
    this.#columns = sql.includes('*') ? () => namesOf(statement) : () => names;
    // Rows as arrays, of which objects are made here: the module makes objects more slowly, and without a prototype.
    statement.setReturnArrays(true);
  }

  all(...values: (SqlValue | undefined)[]): Record<string, unknown>[] {
    const rows = this.#statement.all(...values.map(bindable));
    const columns = this.#columns();
    return rows.map((row) => rowOf(columns, row));
  }

  run(...values: (SqlValue | undefined)[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.#statement.run(...values.map(bindable));
  }
}

const namesOf = (statement: NativeStatement): string[] => statement.columns().map(({ name }) => name);

function rowOf(columns: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (let index = 0; index < columns.length; index++) row[columns[index] as string] = values[index];
  return row;
}

/** An absent value is NULL, as it is for the other drivers. */
const bindable = (value: SqlValue | undefined): SqlValue => value ?? null;

/** The native SQLite of Node.js' own interface, `node:sqlite`, behind the face of better-sqlite3 that TypeORM's driver expects. */
export class NodeSqlite {
  readonly #database: NativeDatabase;

  constructor(path: string, options: { readonly?: boolean; timeout?: number } = {}) {
    this.#database = openNativeSqlite(path, {
      readOnly: options.readonly ?? false,
      timeout: options.timeout ?? 5000,
    });
  }

  prepare(sql: string): StatementAdapter {
    return new StatementAdapter(sql, this.#database.prepare(sql));
  }

  pragma(text: string): unknown[] {
    return this.prepare(`PRAGMA ${text}`).all();
  }

  exec(sql: string): this {
    this.#database.exec(sql);
    return this;
  }

  close(): void {
    this.#database.close();
  }
}
