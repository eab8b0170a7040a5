import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { AppError } from '@pocketrocket/runtime';
import type { MysqlAddress } from './url.ts';
import { connectMysql } from './driver.ts';

const WAIT_SECONDS = 300;

/** The name of a lock of a whole database on a server, where names have at most 64 characters. */
export function databaseLockName(purpose: string, database: string): string {
  const digest = createHash('sha256').update(database).digest('hex').slice(0, 32);
  return `pocketrocket_${purpose}_${digest}`;
}

/**
 * Brings a MySQL database up to date; of several processes that start at once one does so while the others wait.
 * @throws AppError UPSTREAM_UNAVAILABLE when another process holds the lock for five minutes
 */
export async function migrateMysql(dataSource: DataSource, address: MysqlAddress): Promise<void> {
  // A connection of its own: the lock is held by a connection, and ends with it whatever happens to this process.
  const connection = await connectMysql(address);
  try {
    const [rows] = await connection.query('SELECT GET_LOCK(?, ?) AS locked', [
      databaseLockName('migrate', address.database),
      WAIT_SECONDS,
    ]);
    if ((rows as { locked: number }[])[0]?.locked !== 1)
      throw new AppError(
        'UPSTREAM_UNAVAILABLE',
        `another process has been changing the tables for ${WAIT_SECONDS} s; try again when it has finished`,
      );
    await dataSource.runMigrations();
  } finally {
    connection.destroy();
  }
}
