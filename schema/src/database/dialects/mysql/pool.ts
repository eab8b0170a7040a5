import type { Pool, PoolConnection } from 'mysql2';
import type { MysqlDriver } from './driver.ts';
import { AppError, systemErrorCode } from '@pocketrocket/runtime';
import { dropReadOnlyConnections } from './readOnlyConnections.ts';

/** Seconds after which MySQL closes a connection that asks nothing. */
const IDLE_SECONDS = 600;

export interface Limits {
  acquireTimeoutMs: number;
  /** Null for statements that may take as long as they do. */
  queryTimeoutMs: number | null;
  isMariadb: boolean;
}

/**
 * mysql2 as TypeORM calls it, with what its pool lacks: whoever waits for a connection does so for a limited time, and a
 * connection whose statement took too long is closed instead of handed to the next with that statement still running on it.
 */
export function limitedMysql(mysql: MysqlDriver, limits: Limits): MysqlDriver {
  return {
    createPool(options) {
      const pool = mysql.createPool(options);
      limitWaiting(pool, limits.acquireTimeoutMs);
      dropReadOnlyConnections(pool);
      const { queryTimeoutMs } = limits;
      if (queryTimeoutMs !== null)
        pool.on('connection', (connection: PoolConnection) => {
          limitStatements(connection, queryTimeoutMs);
          // The server stops too; what does not know the variable is stopped by closing the connection.
          connection.query(limitsOfSession(queryTimeoutMs, limits.isMariadb), () => {});
        });
      return pool;
    },
  };
}

/**
 * Lets the database itself end what takes too long. A client that is gone without a word, as where the network forgot its connections, would keep the locks of
 * its transaction for hours: MariaDB ends a transaction in which nothing is asked for longer than a statement may take, MySQL a connection.
 */
function limitsOfSession(queryTimeoutMs: number, isMariadb: boolean): string {
  return isMariadb
    ? `SET SESSION max_statement_time = ${queryTimeoutMs / 1000}, idle_transaction_timeout = ${Math.ceil(queryTimeoutMs / 1000) + 1}`
    : `SET SESSION max_execution_time = ${queryTimeoutMs}, wait_timeout = ${IDLE_SECONDS}`;
}

type Acquired = Parameters<Pool['getConnection']>[0];

function limitWaiting(pool: Pool, timeoutMs: number): void {
  const getConnection = pool.getConnection.bind(pool);
  pool.getConnection = (use: Acquired) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      const error = new AppError(
        'UPSTREAM_UNAVAILABLE',
        'the database is not reachable or too busy; try again in a moment',
      );
      // mysql2's callback is typed for errors of the protocol alone.
      use(error, undefined as unknown as PoolConnection);
    }, timeoutMs);
    getConnection((error, connection) => {
      if (isLate) return error ? undefined : connection.release();
      clearTimeout(timer);
      use(error, connection);
    });
  };
}

type Query = (options: unknown, ...rest: unknown[]) => unknown;

function limitStatements(connection: PoolConnection, timeoutMs: number): void {
  const query = connection.query.bind(connection) as unknown as Query;
  const limited: Query = (options, ...rest) => {
    const done = rest.pop() as (error: unknown, ...result: unknown[]) => void;
    const statement = typeof options === 'string' ? { sql: options, timeout: timeoutMs } : options;
    return query(statement, ...rest, (error: unknown, ...result: unknown[]) => {
      if (systemErrorCode(error) === 'PROTOCOL_SEQUENCE_TIMEOUT') connection.destroy();
      done(error, ...result);
    });
  };
  connection.query = limited as unknown as PoolConnection['query'];
}
