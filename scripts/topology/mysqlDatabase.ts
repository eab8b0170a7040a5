import { createConnection } from 'mysql2/promise';

/** A database of its own on a MySQL server. */
export interface MysqlDatabase {
  url: string;
  drop(): Promise<void>;
}

/** Creates an empty database whose name begins with `pocketrocket_`, on the server that `TEST_MYSQL_URL` names. */
export async function createMysqlDatabase(serverUrl: string): Promise<MysqlDatabase> {
  const name = `pocketrocket_topology_${process.pid}_${Date.now()}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const onServer = async (statement: string) => {
    const connection = await createConnection(serverUrl);
    await connection.query(statement);
    await connection.end();
  };
  await onServer(`CREATE DATABASE ${name}`);
  return { url: url.href, drop: () => onServer(`DROP DATABASE IF EXISTS ${name}`) };
}
