import { existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { readArtifact } from '@pocketrocket/model/artifact';
import { findSpark, systemErrorCode } from '@pocketrocket/runtime';
import { descendantsOf, runningOf, until, type FoundProcess } from '@pocketrocket/testing';
import { describeWithPySpark, SMALL_SPARK_DAEMONS, SMALL_SPARK_OPTIONS } from '@pocketrocket/testing/spark';
import { built } from '../lib/processes.ts';
import { clusterReport, startCluster, stopCluster, type Cluster } from '../spark/cluster.ts';
import { startProcess, type RunningProcess } from '../topology/processes.ts';
import { Topology } from '../topology/topology.ts';

const SLOW_MS = 600_000;
const ENDS_WITHIN_MS = 60_000;
/** Models that take long enough to be killed while they are fitted. */
const RECIPE = ['--quick', '--only', 'fit,publish', '--item2vec-epochs', '40', '--neural-cf-epochs', '5'];

const isExecutor = ({ args }: FoundProcess) => args.includes('CoarseGrainedExecutorBackend');
const isTask = ({ args }: FoundProcess) => args.includes('taskMain');
const isDriver = ({ args }: FoundProcess) => args.includes('pocketrocket_spark');

/** One executor, which starts sooner than two, where no other takes over. */
const ONE_EXECUTOR = ['--spark-conf', 'spark.cores.max=1'];

/** Ends a process without asking it; one that has ended meanwhile is as good. */
function kill({ pid }: FoundProcess): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (systemErrorCode(error) !== 'ESRCH') throw error;
  }
}

describeWithPySpark('a training on a cluster whose parts fail', (python) => {
  let topology: Topology;
  let cluster: Cluster;
  let clusterFolder: string;
  let exported: string;
  /** A folder for the storage of runs, which else is in their own. */
  let storage: string;
  beforeAll(async () => {
    topology = await Topology.open({ env: { PYSPARK_PYTHON: python } });
    await topology.takeSample();
    exported = join(topology.home, 'export');
    await topology.seed(['export', '--parquet', exported, '--progress', 'none']);
    storage = join(topology.home, 'storage');
    await mkdir(storage);
    clusterFolder = join(topology.home, 'spark-cluster');
    const spark = await findSpark({ sparkPython: python, home: topology.home }, process.env);
    const env = { ...process.env, ...SMALL_SPARK_DAEMONS };
    cluster = await startCluster(clusterFolder, spark, env, {
      port: 0,
      workers: 2,
      cores: 1,
      memory: '1g',
    });
  }, SLOW_MS);
  const started: RunningProcess[] = [];
  // One that a failed test leaves behind would have the cluster.
  afterEach(() => Promise.all(started.splice(0).map((one) => one.stop('SIGKILL'))));
  afterAll(async () => {
    await stopCluster(clusterFolder);
    await topology?.close();
  }, SLOW_MS);

  const train = (more: readonly string[] = [], env: Record<string, string> = {}): RunningProcess => {
    const place = ['--master', cluster.master, '--parquet', exported, '--executor-memory', '512m'];
    const spark = ['--engine', 'spark', ...place, ...SMALL_SPARK_OPTIONS];
    const args = ['train', ...RECIPE, '--progress', 'json', ...spark, ...more];
    const training = startProcess(built('trainer', args), topology.env(env));
    started.push(training);
    return training;
  };

  const workers = () => cluster.processes.slice(1).map(({ pid }) => pid);

  /** True once a training has read its ratings and fits models. */
  const isFitting = async ({ child }: RunningProcess, modelDir: string): Promise<boolean> => {
    const runs = join(modelDir, '.spark');
    for (const name of await readdir(runs).catch(() => [])) {
      const marks = await readdir(join(runs, name, 'use')).catch(() => []);
      if (marks.some((mark) => mark.startsWith(`${child.pid}-`))) return existsSync(join(runs, name, 'fits'));
    }
    return false;
  };

  /** Processes of a training that fits models; none as long as it does not. */
  const all = async (training: RunningProcess, modelDir = topology.modelDir): Promise<FoundProcess[]> =>
    (await isFitting(training, modelDir)) ? descendantsOf(training.child.pid ?? 0, ...workers()) : [];

  /** Waits for processes of a training that fits models. */
  const found = (
    training: RunningProcess,
    what: string,
    isIt: (one: FoundProcess) => boolean,
    { except = [], modelDir }: { except?: readonly FoundProcess[]; modelDir?: string } = {},
  ) =>
    until(
      what,
      async () => {
        if (training.child.exitCode !== null) throw new Error(`it ended before:\n${training.output()}`);
        const these = (await all(training, modelDir)).filter(
          (one) => isIt(one) && !except.some(({ pid }) => pid === one.pid),
        );
        return these.length > 0 ? these : null;
      },
      SLOW_MS,
    );

  /** Waits until a training has ended and nothing of it runs. */
  const nothingRuns = async (before: readonly FoundProcess[]) => {
    await until(
      'all processes have ended',
      async () => (await runningOf(before)).length === 0,
      ENDS_WITHIN_MS,
    );
    await until(
      'the cluster is idle',
      async () => (await clusterReport(clusterFolder))?.applications.length === 0,
      ENDS_WITHIN_MS,
    );
    // Workers end the executors of an application after the master has forgotten it.
    const left = async () => (await descendantsOf(...workers())).map(({ args }) => args);
    const have = async () => ((await left()).length === 0 ? true : null);
    await until('the workers have no executors', have, ENDS_WITHIN_MS).catch(() => undefined);
    expect(await left()).toEqual([]);
  };

  const isPublished = () => existsSync(join(topology.modelDir, 'recmodel'));
  const leftRuns = async () =>
    (await readdir(join(topology.modelDir, '.spark'))).filter((name) => !name.endsWith('.log'));
  const cachedFits = async () =>
    (await readdir(join(topology.modelDir, '.stages')).catch(() => [])).filter((name) =>
      name.endsWith('.stage'),
    );

  it(
    'ends with one line where the process of a task is killed again and again',
    async () => {
      // Spark would try four times.
      const training = train([...ONE_EXECUTOR, '--spark-conf', 'spark.task.maxFailures=2']);
      const killed: FoundProcess[] = [];
      while (training.child.exitCode === null) {
        for (const task of (await all(training)).filter(isTask)) {
          kill(task);
          killed.push(task);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(await training.exited).toBe(7);
      expect(training.output()).toMatch(
        /\nerror: a task's process ended on \S+ \(SIGKILL\), for lack of memory, most likely: .*--task-memory.*\n/,
      );
      expect(isPublished()).toBe(false);
      await nothingRuns(killed);
    },
    SLOW_MS,
  );

  it(
    'publishes nothing where the driver is killed, and keeps what was fitted',
    async () => {
      const training = train([...ONE_EXECUTOR, '--storage', storage]);
      await until('a fit is kept', async () => (await cachedFits()).length > 0, SLOW_MS);
      await found(training, 'a task', isTask);
      const before = await all(training);
      before.filter(isDriver).forEach(kill);
      expect(await training.exited).toBe(8);
      expect(training.output()).toMatch(
        /\nerror: the Spark driver ended \(SIGKILL\).*nothing was published, the models fitted so far are cached: train again/,
      );
      expect(isPublished()).toBe(false);
      await nothingRuns(before);
      // Nobody was left who could remove it: the next run does.
      expect(await readdir(storage)).toHaveLength(1);
      expect(await leftRuns()).toHaveLength(1);
    },
    SLOW_MS,
  );

  it(
    'ends with the trainer: driver, executors, tasks and storage go though nobody asks',
    async () => {
      const kept = await cachedFits();
      const training = train([...ONE_EXECUTOR, '--storage', storage]);
      await found(training, 'a task', isTask);
      expect(await readdir(storage)).toHaveLength(1);
      await until('a fit is reused', () => training.output().includes('cached fit reused'), SLOW_MS);
      const before = await all(training);
      training.child.kill('SIGKILL');
      await training.exited;
      await nothingRuns(before);
      expect(await readdir(storage)).toEqual([]);
      expect(await leftRuns()).toHaveLength(1);
      expect(await cachedFits()).toEqual(expect.arrayContaining(kept));
    },
    SLOW_MS,
  );

  it(
    'ends with Ctrl-C in the middle of a stage',
    async () => {
      const training = train(ONE_EXECUTOR);
      await found(training, 'a task', isTask);
      const before = await all(training);
      expect(await training.stop('SIGINT')).toBe(130);
      expect(isPublished()).toBe(false);
      expect(await leftRuns()).toEqual([]);
      await nothingRuns(before);
    },
    SLOW_MS,
  );

  it(
    'completes with the same model though a task, an executor and a worker are killed',
    async () => {
      const here = join(topology.home, 'here');
      await topology.trainer(['train', ...RECIPE, '--progress', 'none'], { MODEL_DIR: here });

      const modelDir = join(topology.home, 'there');
      const training = train([], { MODEL_DIR: modelDir });
      const tasks = await found(training, 'a task', isTask, { modelDir });
      tasks.forEach(kill);
      const executors = await found(training, 'executors', isExecutor, { modelDir });
      await found(training, 'another task', isTask, { modelDir, except: tasks });
      executors.slice(0, 1).forEach(kill);
      await found(training, 'another executor', isExecutor, { modelDir, except: executors });
      process.kill(workers()[0] ?? NaN, 'SIGKILL');
      expect(await training.exited).toBe(0);

      expect((await clusterReport(clusterFolder))?.workers).toBe(1);
      const [onSpark, local] = await Promise.all([readArtifact(modelDir, 1), readArtifact(here, 1)]);
      expect(onSpark.tensors).toEqual(local.tensors);
    },
    SLOW_MS,
  );
});
