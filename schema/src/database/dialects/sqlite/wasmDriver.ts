import { createRequire } from 'node:module';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type * as NodeSqliteWasm from 'node-sqlite3-wasm';
import type {
  Database as WasmDatabase,
  Statement as WasmStatement,
  JSValue,
  RunResult,
} from 'node-sqlite3-wasm';
import { isAlive } from '@pocketrocket/runtime';

// Loaded only where it serves: the WebAssembly module takes a moment to compile.
const require = createRequire(import.meta.url);

/** The part of better-sqlite3's statement that TypeORM's driver calls. */
class StatementAdapter {
  readonly reader: boolean;
  readonly #prepare: () => WasmStatement;
  #statement: WasmStatement | undefined;

  constructor(sql: string, prepare: () => WasmStatement) {
    this.reader = /^\s*(SELECT|PRAGMA|EXPLAIN|VALUES|WITH)\b|\bRETURNING\b/i.test(sql);
    this.#prepare = prepare;
  }

  all(...values: JSValue[]): unknown[] {
    return this.#use((statement) => statement.all(values));
  }

  run(...values: JSValue[]): RunResult {
    return this.#use((statement) => statement.run(values));
  }

  finalize(): void {
    this.#statement?.finalize();
    this.#statement = undefined;
  }

  #use<T>(work: (statement: WasmStatement) => T): T {
    this.#statement ??= this.#prepare();
    try {
      return work(this.#statement);
    } catch (error) {
      this.#discardFailed();
      throw error;
    }
  }

  /** Finalizing a statement that failed reports its failure a second time. */
  #discardFailed(): void {
    const failed = this.#statement;
    this.#statement = undefined;
    try {
      failed?.finalize();
    } catch {
      // The first report is on its way to the caller.
    }
  }
}

const MAX_OPEN_STATEMENTS = 100;

/**
 * SQLite compiled to WebAssembly (node-sqlite3-wasm), with direct file access, behind the face of better-sqlite3 that TypeORM's
 * driver expects. It serves where there is no native module. There is no write-ahead log: a writer and
 * readers in other processes wait for each other.
 */
export class WasmSqlite {
  readonly #database: WasmDatabase;
  readonly #statements = new Map<string, StatementAdapter>();
  readonly #release: () => void;

  constructor(path: string, options: { readonly?: boolean; fileMustExist?: boolean; timeout?: number } = {}) {
    const { Database } = require('node-sqlite3-wasm') as typeof NodeSqliteWasm;
    this.#release = path === ':memory:' ? () => {} : registerUse(path);
    if (path !== ':memory:' && options.readonly !== true) leaveWriteAheadLog(path);
    this.#database = new Database(path, {
      readOnly: options.readonly ?? false,
      fileMustExist: options.fileMustExist ?? false,
    });
    this.#database.exec(`PRAGMA busy_timeout = ${options.timeout ?? 5000}`);
  }

  prepare(sql: string): StatementAdapter {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = new StatementAdapter(sql, () => this.#database.prepare(sql));
    this.#statements.set(sql, statement);
    // Statements hold WebAssembly memory that no garbage collector frees; one that is used again is prepared again.
    for (const [oldest, dropped] of this.#statements) {
      if (this.#statements.size <= MAX_OPEN_STATEMENTS) break;
      this.#statements.delete(oldest);
      dropped.finalize();
    }
    return statement;
  }

  pragma(text: string): unknown[] {
    // A write-ahead log needs shared memory, which this build lacks.
    if (/^journal_mode\s*=\s*WAL/i.test(text)) return [];
    return this.#database.all(`PRAGMA ${text}`);
  }

  exec(sql: string): this {
    this.#database.exec(sql);
    return this;
  }

  close(): void {
    for (const statement of this.#statements.values()) statement.finalize();
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
    this.#release();
  }
}

/** Offset of the two bytes that name the journal by which a file is written and read; source: https://www.sqlite.org/fileformat.html, 1.3.3. */
const JOURNAL_OFFSET = 18;
const ROLLBACK_JOURNAL = 1;
const WRITE_AHEAD_LOG = 2;

/**
 * Turns a file that the native module wrote back to a rollback journal, as `PRAGMA journal_mode = DELETE` there would: this build cannot open
 * a write-ahead log. A file whose log is still there, in use or left by a killed process, is left alone.
 * @throws Error saying who can open it
 */
function leaveWriteAheadLog(path: string): void {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r+');
  try {
    const versions = Buffer.alloc(2);
    readSync(file, versions, 0, 2, JOURNAL_OFFSET);
    if (!versions.includes(WRITE_AHEAD_LOG)) return;
    if (existsSync(`${path}-wal`))
      throw new Error(
        'it has a write-ahead log, which only the native SQLite reads: stop the process that uses it, or, where one was killed, open it once with the native one',
      );
    writeSync(file, Buffer.from([ROLLBACK_JOURNAL, ROLLBACK_JOURNAL]), 0, 2, JOURNAL_OFFSET);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Notes in `<path>.users/` that this process has the database open, and removes the lock (`<path>.lock`, a folder) that a
 * killed process left behind: one that exists while no living process has the database open.
 */
function registerUse(path: string): () => void {
  const users = `${path}.users`;
  mkdirSync(users, { recursive: true });
  const living = readdirSync(users).filter((pid) => {
    if (Number(pid) === process.pid) return openHere.has(path);
    if (isAlive(Number(pid))) return true;
    rmSync(join(users, pid), { force: true });
    return false;
  });
  if (living.length === 0) rmSync(`${path}.lock`, { recursive: true, force: true });

  const own = join(users, String(process.pid));
  writeFileSync(own, '');
  openHere.set(path, (openHere.get(path) ?? 0) + 1);
  return () => {
    const left = (openHere.get(path) ?? 1) - 1;
    openHere.set(path, left);
    if (left > 0) return;
    openHere.delete(path);
    rmSync(own, { force: true });
  };
}

/** Number of times that this process has each database open. */
const openHere = new Map<string, number>();
