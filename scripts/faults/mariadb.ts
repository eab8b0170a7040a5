import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { freePort, OwnServer } from '@pocketrocket/testing';

const run = promisify(execFile);

/** A MariaDB server of a test's own, on `PATH`: it may be killed and started again on the same data. */
export interface OwnMariadb {
  server: OwnServer;
  port: number;
  /** `mysql://…` of a database that need not be there yet, through another port where one is given. */
  url(database: string, port?: number): string;
  /** Ends it and removes its data. */
  drop(): Promise<void>;
}

const USER = 'pocketrocket';

/** Makes an empty server in a folder of its own, with one user who may do everything, and starts it. */
export async function startMariadb(): Promise<OwnMariadb> {
  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-mariadb-'));
  const data = join(folder, 'data');
  const socket = join(folder, 'socket');
  const user = `--user=${userInfo().username}`;
  const port = await freePort();
  await run('mariadb-install-db', [
    '--no-defaults',
    user,
    `--datadir=${data}`,
    '--skip-test-db',
    '--auth-root-authentication-method=normal',
  ]);
  const server = await OwnServer.start({
    command: 'mariadbd',
    args: [
      '--no-defaults',
      user,
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--bind-address=127.0.0.1',
      `--port=${port}`,
      // Every acknowledged commit is on the disk.
      '--innodb-flush-log-at-trx-commit=1',
      '--innodb-buffer-pool-size=64M',
    ],
    answers: () => canConnect(socket),
  });
  const root = await createConnection({ socketPath: socket, user: 'root' });
  await root.query(`CREATE USER '${USER}'@'%' IDENTIFIED BY '${USER}'`);
  await root.query(`GRANT ALL PRIVILEGES ON *.* TO '${USER}'@'%' WITH GRANT OPTION`);
  await root.end();
  return {
    server,
    port,
    url: (database, through = port) => `mysql://${USER}:${USER}@127.0.0.1:${through}/${database}`,
    async drop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function canConnect(socketPath: string): Promise<boolean> {
  try {
    const connection = await createConnection({ socketPath, user: 'root' });
    await connection.end();
    return true;
  } catch {
    // Not yet: whoever starts it waits, and says so where it does not come.
    return false;
  }
}
