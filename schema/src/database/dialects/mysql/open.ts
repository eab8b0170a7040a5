import { AppError, messageOf } from '@pocketrocket/runtime';
import { openDataSource } from '../../dataSource.ts';
import type { Database, OpenDatabaseOptions } from '../dialect.ts';
import { MYSQL_COLLATION } from './collation.ts';
import { mysqlAddress, mysqlConnectionOptions } from './connectionOptions.ts';
import { connectMysql, loadMysql } from './driver.ts';
import { migrateMysql } from './migrate.ts';
import { limitedMysql } from './pool.ts';
import type { MysqlAddress } from './url.ts';

/** Opens a pool of connections. @throws AppError UPSTREAM_UNAVAILABLE when the server does not answer; CONFIG_INVALID for a wrong URL */
export async function openMysql({
  url,
  statementTimeoutMs,
  migrations,
}: OpenDatabaseOptions): Promise<Omit<Database, 'dialect' | 'writes'>> {
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
        driver: limitedMysql(await loadMysql(), {
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
  const connection = await connectMysql(address);
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    return (rows as { version: string }[])[0]?.version ?? '';
  } finally {
    connection.destroy();
  }
}
