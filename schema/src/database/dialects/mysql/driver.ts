import type { Pool, PoolOptions } from 'mysql2';
import type { Connection } from 'mysql2/promise';
import { mysqlConnectionOptions } from './connectionOptions.ts';
import type { MysqlAddress } from './url.ts';

/** As much of mysql2 as TypeORM calls. */
export interface MysqlDriver {
  createPool(options: PoolOptions): Pool;
}

/** Loads mysql2, whose ninety modules are no part of a start without MySQL. */
export const loadMysql = (): Promise<MysqlDriver> => import('mysql2');

/** Opens a connection of its own. @throws what the driver throws */
export async function connectMysql(address: MysqlAddress): Promise<Connection> {
  const { createConnection } = await import('mysql2/promise');
  return createConnection(mysqlConnectionOptions(address));
}
