import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createConnection } from 'mysql2/promise';
import PQueue from 'p-queue';
import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm';
import { AppError, messageOf } from '@pocketrocket/runtime';
import { AccountEntity } from './entities/account.ts';
import { DatasetEntity } from './entities/dataset.ts';
import { ExternalIdsEntity } from './entities/externalIds.ts';
import { GenreEntity } from './entities/genre.ts';
import { MovieEntity } from './entities/movie.ts';
import { MovieGenreEntity } from './entities/movieGenre.ts';
import { RatingEntity } from './entities/rating.ts';
import { UserEntity } from './entities/user.ts';
import { UserGenreEntity } from './entities/userGenre.ts';
import { Initial1700000000000 } from './migrations/1700000000000-initial.ts';
import { Accounts1700000000001 } from './migrations/1700000000001-accounts.ts';
import { RatingsVersion1700000000003 } from './migrations/1700000000003-ratings-version.ts';
import { Collation1700000000002 } from './migrations/1700000000002-collation.ts';
import { migrateMysql, migrateSqlite } from './migrate.ts';
import { MYSQL_COLLATION, mysqlAddress, mysqlConnectionOptions } from './mysql/connectionOptions.ts';
import type { MysqlAddress } from './mysql/mysqlUrl.ts';
import { limitedMysql } from './mysql/pool.ts';
import { WasmSqlite } from './sqlite/wasmDriver.ts';

const require = createRequire(import.meta.url);

/** Which implementation answers SQL; `mysql` stands for MariaDB too. */
export type DatabaseEngine = 'better-sqlite3' | 'node-sqlite3-wasm' | 'mysql';

export const ENTITIES = [
  MovieEntity,
  GenreEntity,
  MovieGenreEntity,
  ExternalIdsEntity,
  UserEntity,
  UserGenreEntity,
  RatingEntity,
  DatasetEntity,
  AccountEntity,
];
export const MIGRATIONS = [
  Initial1700000000000,
  Accounts1700000000001,
  Collation1700000000002,
  RatingsVersion1700000000003,
];

/** An open database with its migrations run. */
export interface Database {
  readonly dataSource: DataSource;
  readonly engine: DatabaseEngine;
  /** Runs work in one transaction. On SQLite, whose one connection cannot hold two at once, transactions wait for each other. */
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface OpenDatabaseOptions {
  /** Names of the only migrations to run, to make the tables of an earlier release; all unless given. */
  migrations?: readonly string[];
  /** `sqlite:<file>`, `sqlite::memory:` or `mysql://…`; see `parseMysqlUrl`. */
  url: string;
  /** SQLite only: which implementation; the native one where it is built, unless named. */
  sqliteEngine?: 'better-sqlite3' | 'node-sqlite3-wasm';
  /** MySQL only, for processes that answer requests: ends statements that take longer than this or than the URL's `queryTimeoutMs`. */
  statementTimeoutMs?: number | undefined;
}

/**
 * Opens the database that a URL names, creating the file where there is none, and brings its tables up to date.
 * @throws AppError ENVIRONMENT when the file cannot be opened; UPSTREAM_UNAVAILABLE when the server does not answer;
 *   CONFIG_INVALID when the URL is wrong
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<Database> {
  return options.url.startsWith('mysql:') ? openMysql(options) : openSqlite(options);
}

async function openMysql({ url, statementTimeoutMs, migrations }: OpenDatabaseOptions): Promise<Database> {
  const address = mysqlAddress(url);
  const { user, ...rest } = mysqlConnectionOptions(address);
  const { connectionLimit, acquireTimeoutMs, queryTimeoutMs } = address.parameters;
  try {
    const isMariadb = /mariadb/i.test(await serverVersion(address));
    const dataSource = await openDataSource(
      {
        type: isMariadb ? 'mariadb' : 'mysql',
        host: address.host,
        port: address.port,
        database: address.database,
        charset: MYSQL_COLLATION,
        timezone: 'Z',
        poolSize: connectionLimit,
        driver: limitedMysql({
          acquireTimeoutMs,
          queryTimeoutMs:
            statementTimeoutMs === undefined ? null : Math.min(statementTimeoutMs, queryTimeoutMs),
          isMariadb,
        }),
        extra: { ...rest, user },
      },
      (opened) => migrateMysql(opened, address),
      migrations,
    );
    return {
      dataSource,
      engine: 'mysql',
      transaction: (work) => dataSource.transaction(work),
      close: () => dataSource.destroy(),
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'UPSTREAM_UNAVAILABLE',
      `MySQL cannot be used: ${messageOf(error)}; check DATABASE_URL`,
      {
        cause: error,
      },
    );
  }
}

async function serverVersion(address: MysqlAddress): Promise<string> {
  const connection = await createConnection(mysqlConnectionOptions(address));
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    return (rows as { version: string }[])[0]?.version ?? '';
  } finally {
    connection.destroy();
  }
}

async function openSqlite({ url, sqliteEngine, migrations }: OpenDatabaseOptions): Promise<Database> {
  const engine = sqliteEngine ?? preferredSqliteEngine();
  try {
    const dataSource = await openDataSource(sqliteOptions(url, engine), migrateSqlite, migrations);
    const queue = new PQueue({ concurrency: 1 });
    return {
      dataSource,
      engine,
      transaction: (work) => queue.add(() => dataSource.transaction(work), { throwOnTimeout: true }),
      async close() {
        await queue.onIdle();
        await dataSource.destroy();
      },
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'ENVIRONMENT',
      `the database file cannot be used: ${messageOf(error)} (${url.slice('sqlite:'.length)})`,
      { cause: error },
    );
  }
}

async function openDataSource(
  options: DataSourceOptions,
  migrate: (dataSource: DataSource) => Promise<void>,
  only?: readonly string[],
): Promise<DataSource> {
  const migrations = only ? MIGRATIONS.filter((one) => only.includes(new one().name)) : MIGRATIONS;
  const dataSource = new DataSource({ ...options, entities: ENTITIES, migrations });
  try {
    await dataSource.initialize();
    await migrate(dataSource);
    return dataSource;
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw error;
  }
}

let builtEngine: 'better-sqlite3' | 'node-sqlite3-wasm' | undefined;

/** The native SQLite where its module is built, loads and may be trusted, else the WebAssembly one. */
export function preferredSqliteEngine(): 'better-sqlite3' | 'node-sqlite3-wasm' {
  builtEngine ??= nativeSqliteProblem() === null ? 'better-sqlite3' : 'node-sqlite3-wasm';
  return builtEngine;
}

/** From this Node.js on, releases of better-sqlite3 before the other number end the process when statements are garbage collected. */
const SAFE_FROM = { node: 24, module: 13 };

/** Why the native SQLite does not serve; null where it does. @param nodeVersion such as `20.20.2` */
export function nativeSqliteProblem(nodeVersion = process.versions.node): string | null {
  try {
    const Native = require('better-sqlite3') as new (path: string) => { close(): void };
    new Native(':memory:').close();
    const { version } = require('better-sqlite3/package.json') as { version: string };
    if (Number.parseInt(nodeVersion) >= SAFE_FROM.node && Number.parseInt(version) < SAFE_FROM.module)
      return `better-sqlite3 ${version} is not safe on Node.js ${SAFE_FROM.node}: npm install better-sqlite3@${SAFE_FROM.module}`;
    return null;
  } catch (error) {
    return messageOf(error).split('\n', 1)[0] ?? '';
  }
}

/** How TypeORM opens a file; makes its folder. @throws AppError ENVIRONMENT where it cannot */
export function sqliteOptions(url: string, engine: DatabaseEngine): DataSourceOptions {
  const database = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
  if (database !== ':memory:') createFolder(dirname(database));
  return {
    type: 'better-sqlite3',
    database,
    timeout: 15_000,
    enableWAL: database !== ':memory:',
    ...(engine === 'node-sqlite3-wasm' && { driver: WasmSqlite, statementCacheSize: 0 }),
    prepareDatabase: (connection: { pragma(text: string): unknown }) => {
      if (engine === 'better-sqlite3') connection.pragma('synchronous = NORMAL');
    },
  };
}

function createFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new AppError(
      'ENVIRONMENT',
      `the folder ${folder} cannot be created: ${messageOf(error)}; set POCKETROCKET_HOME`,
      {
        cause: error,
      },
    );
  }
}
