import type { DataSource, EntityManager } from 'typeorm';
import type { UrlRules } from './urls.ts';

/** The implementation that answers SQL; `mysql` stands for MariaDB too. */
export type DatabaseEngine = SqliteEngine | 'mysql';
export type SqliteEngine = 'node-sqlite' | 'node-sqlite3-wasm';

/** An open database with its migrations run. */
export interface Database {
  readonly dialect: Dialect;
  readonly dataSource: DataSource;
  readonly engine: DatabaseEngine;
  /** Follows if it takes writes. */
  readonly writes: WriteState;
  /** Runs work in one transaction. On SQLite, whose one connection cannot hold two at once, transactions wait for each other. */
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Follows whether a database takes writes. */
export interface WriteState {
  /** Why it takes none, as of the last write or look; null where it does. */
  problem(): WriteProblem | null;
  /** Looks now, by a write that changes nothing. A database that does not answer tells nothing of writes. */
  look(): Promise<void>;
}

/** A failure that concerns all writes, and no reading. */
export type WriteFailure = 'readOnly' | 'denied' | 'full' | 'moved';

export interface WriteProblem {
  failure: WriteFailure;
  /** A sentence. */
  message: string;
}

export interface OpenDatabaseOptions {
  /** Names of the only migrations to run, to make the tables of an earlier release; all unless given. */
  migrations?: readonly string[];
  /** `sqlite:<file>`, `sqlite::memory:` or `mysql://…`; see `parseMysqlUrl`. */
  url: string;
  /** SQLite only: which implementation; the native one where it is built, unless named. */
  sqliteEngine?: SqliteEngine;
  /**
   * For processes that answer requests. MySQL ends statements that take longer than this or than the URL's `queryTimeoutMs`; SQLite
   * waits four fifths of it for another process's lock, and 15 s unless given.
   */
  statementTimeoutMs?: number | undefined;
}

/** A database opened as it is. */
export interface Inspection {
  readonly dialect: Dialect;
  readonly engine: DatabaseEngine;
  /** The rows that a statement answers. */
  query<Row>(sql: string): Promise<Row[]>;
  close(): Promise<void>;
}

/**
 * Reasons for which a statement fails though it is right. `unavailable`: the server does not answer. `busy`: another process
 * writes. `deadlock`: the database gave way to another transaction. `tablesChanged`: an import or a migration put other tables in
 * the place of those that the transaction had begun to read. `duplicate`: a key exists already. `full`: the disk is. `readOnly`: the
 * database is, as after a failover. `denied`: its user may not write. `moved`: the file that is open is no longer the database.
 */
export type DatabaseFailure =
  | 'unavailable'
  | 'busy'
  | 'deadlock'
  | 'tablesChanged'
  | 'duplicate'
  | WriteFailure;

/** A kind of database: its URLs, how it is opened and inspected, and what its errors mean. */
export interface Dialect extends UrlRules {
  /** The faster driver of two, and the reason why it does not serve, null where it does; null where there is one driver only. */
  readonly nativeDriver: { readonly name: string; problem(): string | null } | null;
  /** Opens the database and brings its tables up to date; see `openDatabase`. */
  open(options: OpenDatabaseOptions): Promise<Omit<Database, 'dialect' | 'writes'>>;
  /**
   * Writes without changing anything, and looks at what stands in the way of writes otherwise.
   * @param query runs a statement in the database of the URL, whose tables are there
   * @throws what the driver throws at a write
   */
  tryWriting(url: string, query: (sql: string) => Promise<unknown>): Promise<void>;
  /** Opens the database as it is; null where there is none. @throws what the driver throws */
  inspect(
    options: Pick<OpenDatabaseOptions, 'url' | 'sqliteEngine'>,
  ): Promise<Omit<Inspection, 'dialect'> | null>;
  /** Reads a driver's error; null for any other failure. */
  failureOf(error: unknown): DatabaseFailure | null;
}
