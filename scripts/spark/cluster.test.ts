import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { findSpark, isSameProcess } from '@pocketrocket/runtime';
import { describeWithPySpark, SMALL_SPARK_DAEMONS } from '@pocketrocket/testing/spark';
import { clusterReport, startCluster, stopCluster, type Cluster } from './cluster.ts';

const STARTS_WITHIN_MS = 240_000;

/** An application that adds up squares on the executors. */
const JOB = `
import sys
from pyspark.sql import SparkSession
spark = SparkSession.builder.master(sys.argv[1]).config('spark.executor.memory', '512m').config('spark.ui.enabled', 'false').getOrCreate()
squares = spark.sparkContext.parallelize(range(8), 8).map(lambda n: n * n).collect()
print('squares', sum(squares))
`;

describeWithPySpark('a cluster on this machine', (python) => {
  let folder: string;
  let cluster: Cluster;
  beforeAll(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'pocketrocket-cluster-')), 'cluster');
    const spark = await findSpark({ sparkPython: python, home: folder }, process.env);
    cluster = await startCluster(
      folder,
      spark,
      { ...process.env, ...SMALL_SPARK_DAEMONS },
      {
        port: 0,
        workers: 2,
        cores: 1,
        memory: '512m',
      },
    );
  }, STARTS_WITHIN_MS);
  afterAll(() => stopCluster(folder), STARTS_WITHIN_MS);

  it('says what it has', async () => {
    expect(await clusterReport(folder)).toMatchObject({
      master: expect.stringMatching(/^spark:\/\/127\.0\.0\.1:\d+$/),
      workers: 2,
      cores: 2,
      memoryMebibytes: 1024,
      applications: [],
    });
  });

  it(
    'runs an application',
    async () => {
      const { stdout } = await promisify(execFile)(python, ['-c', JOB, cluster.master]);
      expect(stdout).toContain('squares 140');
    },
    STARTS_WITHIN_MS,
  );

  it('refuses to start a second one from its folder', async () => {
    const spark = await findSpark({ sparkPython: python, home: folder }, process.env);
    const options = { port: 0, workers: 1, cores: 1, memory: '512m' };
    await expect(startCluster(folder, spark, process.env, options)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(cluster.master),
    });
  });

  it(
    'leaves nothing: no process, no folder, no executor',
    async () => {
      expect(await stopCluster(folder)).toMatchObject({ master: cluster.master });
      expect(cluster.processes).toHaveLength(3);
      for (const { pid, started } of cluster.processes) expect(isSameProcess(pid, started)).toBe(false);
      expect(existsSync(folder)).toBe(false);
      expect(await clusterReport(folder)).toBeNull();
      expect(await stopCluster(folder)).toBeNull();
      const { stdout } = await promisify(execFile)('ps', ['-eo', 'args']);
      expect(stdout).not.toContain(cluster.master);
    },
    STARTS_WITHIN_MS,
  );
});

describeWithPySpark('a cluster that cannot start', (python) => {
  it(
    'says why in one line, and leaves no process',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-cluster-'));
      const spark = await findSpark({ sparkPython: python, home: folder }, process.env);
      const options = { port: 0, workers: 1, cores: 1, memory: 'much' };
      await expect(startCluster(folder, spark, process.env, options)).rejects.toMatchObject({
        code: 'ENVIRONMENT',
        message: expect.stringContaining(folder),
      });
      expect(await readFile(join(folder, 'worker-1.log'), 'utf8')).toContain('--memory MEM');
      expect(await clusterReport(folder)).toBeNull();
    },
    STARTS_WITHIN_MS,
  );
});
