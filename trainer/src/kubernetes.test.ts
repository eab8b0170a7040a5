import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWithPySpark, SMALL_SPARK_OPTIONS } from '@pocketrocket/testing/spark';
import { parse, parseAllDocuments } from 'yaml';
import type { Fitter } from './pipeline/fitting/fitter.ts';
import { writeParquetExport } from './test/parquetExport.ts';
import { startPodsAsProcesses, type PodsAsProcesses } from './test/podsAsProcesses.ts';
import { runTrainer } from './test/runTrainer.ts';
import { createTinyDatabase, tinyRatings } from './test/tinyData.ts';

const SLOW_MS = 900_000;
const OVERLAY = fileURLToPath(new URL('../../docker/kubernetes-spark', import.meta.url));
const ENTRYPOINT = fileURLToPath(new URL('../spark/executor.sh', import.meta.url));
const DRIVER = 'trainer-28900000-abcde';
const IMAGE = 'registry.example/pocketrocket-spark:0.1.0';

interface CronJob {
  spec: { jobTemplate: { spec: { template: { spec: { containers: { command: string[] }[] } } } } };
}
interface Role {
  kind: string;
  rules: { resources: string[]; verbs: string[] }[];
}

/** The driver's arguments, from the trainer's own on. */
async function driverArgs(): Promise<string[]> {
  const { spec } = parse(await readFile(join(OVERLAY, 'trainer.yaml'), 'utf8')) as CronJob;
  const [, , ...args] = spec.jobTemplate.spec.template.spec.containers[0]?.command ?? [];
  return args;
}

/** All that the driver's role allows, such as `create pods`. */
async function rightsOfDriver(): Promise<string[]> {
  const documents = parseAllDocuments(await readFile(join(OVERLAY, 'rights.yaml'), 'utf8'));
  const role = documents.map((one) => one.toJS() as Role).find(({ kind }) => kind === 'Role');
  return (role?.rules ?? []).flatMap(({ resources, verbs }) =>
    resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)),
  );
}

/** Fails where Spark is expected to fit. */
const fitNowhere: Fitter = async ({ name }) => {
  throw new Error(`${name} was fitted on this machine`);
};

describeWithPySpark('the job on Kubernetes, its pods as processes of this machine', (python) => {
  let home: string;
  let cluster: PodsAsProcesses;
  let stdout: string;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'pocketrocket-kubernetes-'));
    await createTinyDatabase(`sqlite:${join(home, 'pocketrocket.sqlite')}`);
    await writeParquetExport(python, join(home, 'export'), 'sha256:tiny', tinyRatings());
    const env = { PATH: process.env['PATH'] ?? '', PYSPARK_PYTHON: python };
    cluster = await startPodsAsProcesses(join(home, 'pods'), DRIVER, ENTRYPOINT, env);
    // As Kubernetes and a node of it put them in, and of a size for this machine.
    const here: Readonly<Record<string, string>> = {
      '$(POD_NAME)': DRIVER,
      '$(POD_IP)': '127.0.0.1',
      '$(EXECUTOR_IMAGE)': IMAGE,
      'https://kubernetes.default.svc': cluster.url,
      '/storage': join(home, 'storage'),
      '/etc/spark': OVERLAY,
      'executor-memory=2g': 'executor-memory=512m',
      'instances=4': 'instances=1',
    };
    const args = (await driverArgs())
      .filter((arg) => !arg.startsWith('--mysql-connector') && arg !== '--progress=plain')
      .map((arg) => Object.entries(here).reduce((text, [from, to]) => text.replace(from, to), arg));
    // There is nobody to watch the pods for: it asks.
    const polling = ['enableApiWatcher=false', 'apiPollingInterval=500ms'];
    ({ stdout } = await runTrainer(
      [
        ...args,
        ...polling.map((setting) => `--spark-conf=spark.kubernetes.executor.${setting}`),
        ...['--parquet', join(home, 'export'), '--progress', 'none', '--json'],
        ...['--quick', '--only', 'fit,publish'],
        ...SMALL_SPARK_OPTIONS,
      ],
      { POCKETROCKET_HOME: home, ...env },
      { fit: fitNowhere },
    ));
  }, SLOW_MS);
  afterAll(() => cluster.close());

  it('trains and publishes', () => {
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, published: true });
  });

  it('makes executors of the template, of the image, with room for the processes of tasks', () => {
    const [pod, ...others] = cluster.made;
    expect(others).toEqual([]);
    expect(pod?.metadata).toMatchObject({
      labels: { 'app.kubernetes.io/name': 'spark-executor', 'spark-role': 'executor' },
      ownerReferences: [{ name: DRIVER }],
    });
    expect(pod?.spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        fsGroup: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    const [container] = pod?.spec.containers ?? [];
    expect(container).toMatchObject({
      image: IMAGE,
      args: ['executor'],
      workingDir: '/work',
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      resources: {
        requests: { cpu: '1', memory: `${512 + 384 + 512 + 2048}Mi` },
        limits: { memory: `${512 + 384 + 512 + 2048}Mi` },
      },
    });
    expect(container?.volumeMounts?.map(({ mountPath }) => mountPath)).toEqual(
      expect.arrayContaining(['/storage', '/work', '/tmp', expect.stringContaining('/var/data/')]),
    );
  });

  it('needs no other rights than its role gives', async () => {
    const allowed = await rightsOfDriver();
    expect([...cluster.rights].filter((right) => !allowed.includes(right))).toEqual([]);
    expect(cluster.rights).toContain('create pods');
  });

  it('leaves no executor and nothing in the storage', async () => {
    const { stdout: processes } = await promisify(execFile)('ps', ['-eo', 'args']);
    expect(processes).not.toContain(join(home, 'pods'));
    expect(readdirSync(join(home, 'storage'))).toEqual([]);
  });
});

describe('the first process of an executor', () => {
  it('runs a command that is given instead', async () => {
    const { stdout } = await promisify(execFile)(ENTRYPOINT, ['printf', '%s', 'a b']);
    expect(stdout).toBe('a b');
  });

  it('hands over options with spaces in their order, each as one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pocketrocket-executor-'));
    await writeFile(join(folder, 'java'), '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
    await writeFile(join(folder, 'python'), '#!/bin/sh\necho /pyspark\n', { mode: 0o755 });
    const env = {
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      PYSPARK_PYTHON: join(folder, 'python'),
      SPARK_JAVA_OPT_0: '-Da=b c',
      SPARK_JAVA_OPT_1: '-Dd=e',
      ...Object.fromEntries(
        [
          'EXECUTOR_MEMORY',
          'DRIVER_URL',
          'EXECUTOR_ID',
          'EXECUTOR_CORES',
          'APPLICATION_ID',
          'EXECUTOR_POD_IP',
          'EXECUTOR_POD_NAME',
          'RESOURCE_PROFILE_ID',
        ].map((name) => [`SPARK_${name}`, name.toLowerCase()]),
      ),
    };
    const { stdout } = await promisify(execFile)(ENTRYPOINT, ['executor'], { env });
    expect(stdout.split('\n').slice(0, 7)).toEqual([
      '-Da=b c',
      '-Dd=e',
      '-Xmsexecutor_memory',
      '-Xmxexecutor_memory',
      '-cp',
      '/pyspark/jars/*',
      'org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend',
    ]);
  });
});
