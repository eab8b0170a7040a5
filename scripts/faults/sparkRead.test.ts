import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { until } from '@pocketrocket/testing';
import { describeWithPySpark, SMALL_SPARK_OPTIONS } from '@pocketrocket/testing/spark';
import { built } from '../lib/processes.ts';
import { startProcess, type RunningProcess } from '../topology/processes.ts';
import { Topology } from '../topology/topology.ts';
import { haveCommands } from './commands.ts';
import { startMariadb, type OwnMariadb } from './mariadb.ts';

const SLOW_MS = 300_000;

const describeWithMariadb = haveCommands('mariadbd', 'mariadb-install-db')
  ? describeWithPySpark
  : describe.skip;

describeWithMariadb('a database that is restarted while Spark reads it', (python?: string) => {
  let mariadb: OwnMariadb;
  let topology: Topology;
  let training: RunningProcess | null = null;
  beforeAll(async () => {
    mariadb = await startMariadb();
    topology = await Topology.open({
      mysqlUrl: mariadb.url('mysql'),
      env: { PYSPARK_PYTHON: python ?? '' },
    });
    await topology.importSample();
  }, SLOW_MS);
  afterAll(async () => {
    await training?.stop('SIGKILL');
    await topology?.close();
    await mariadb?.drop();
  });

  /** True while somebody waits to read the ratings. */
  const isAwaited = async (connection: Connection): Promise<boolean> => {
    const [rows] = await connection.query(
      "SELECT id FROM information_schema.processlist WHERE state LIKE 'Waiting for table%' AND info LIKE '%FROM rating%'",
    );
    return (rows as unknown[]).length > 0;
  };

  it(
    'is read again once it is back, and nothing is left of the run',
    async () => {
      const lock = await createConnection(topology.databaseUrl);
      // The server takes it down with itself.
      lock.on('error', () => undefined);
      await lock.query('LOCK TABLES rating WRITE');
      const spark = ['--engine', 'spark', '--master', 'local[2]', ...SMALL_SPARK_OPTIONS];
      const args = ['train', '--quick', '--only', 'fit', '--progress', 'json', ...spark];
      const running = startProcess(built('trainer', args), topology.env());
      training = running;
      const hasEnded = () => running.child.exitCode !== null;
      await until('Spark reads ratings', () => hasEnded() || isAwaited(lock), SLOW_MS);
      await mariadb.server.stop('SIGKILL');
      lock.destroy();
      await mariadb.server.start();

      const isRead = () => /"stage":"reading ratings on Spark","done":[1-9]/.test(running.output());
      await until('all are read', () => hasEnded() || isRead(), SLOW_MS);
      expect(isRead() ? '' : running.output().slice(-4_000)).toBe('');
      expect(await running.stop('SIGINT')).toBe(130);
      const left = await readdir(join(topology.modelDir, '.spark'));
      expect(left.filter((name) => !name.endsWith('.log'))).toEqual([]);
    },
    SLOW_MS,
  );
});
