import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import {
  AppError,
  isSameProcess,
  startOfProcess,
  systemErrorCode,
  type SparkInstallation,
} from '@pocketrocket/runtime';

/** Size of a cluster. */
export interface ClusterOptions {
  /** The port that the master listens on; 0 for any that is free. */
  port: number;
  workers: number;
  /** Of each worker. */
  cores: number;
  /** Of each worker for its executors together, as Spark writes it, such as `1g`. */
  memory: string;
}

const processSchema = z.object({ pid: z.number().int().positive(), started: z.string().nullable() });
const clusterSchema = z.object({
  master: z.string(),
  webUrl: z.string(),
  processes: z.array(processSchema),
});

/** A cluster that was started from a folder. */
export type Cluster = z.infer<typeof clusterSchema>;
type ClusterProcess = z.infer<typeof processSchema>;

/** The part of the master's own report that is read. */
const reportSchema = z.object({
  aliveworkers: z.number(),
  cores: z.number(),
  memory: z.number(),
  activeapps: z.array(z.object({ name: z.string() })),
});

/** A running cluster as its master sees it. */
export interface ClusterReport extends Cluster {
  workers: number;
  cores: number;
  memoryMebibytes: number;
  /** Names of the applications that run. */
  applications: string[];
}

const HOST = '127.0.0.1';
const STARTS_WITHIN_MS = 90_000;
const STOPS_WITHIN_MS = 15_000;
const ASK_EVERY_MS = 100;
/** Of a master or worker itself; what runs in its executors counts apart. */
const DAEMON_MEMORY = '256m';

/**
 * Starts a master and its workers on this machine's loopback address.
 * @param folder for logs, work and the note by which {@link stopCluster} finds the processes
 * @throws AppError CONFLICT where one runs from this folder; ENVIRONMENT with the log where it does not start
 */
export async function startCluster(
  folder: string,
  spark: SparkInstallation,
  env: Readonly<Record<string, string | undefined>>,
  options: ClusterOptions,
): Promise<Cluster> {
  const running = await readCluster(folder);
  if (running?.processes.some(isRunning))
    throw new AppError('CONFLICT', `a cluster runs already: ${running.master}; stop it by \`down\` first`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const processes: ClusterProcess[] = [];
  const cluster: Cluster = { master: '', webUrl: '', processes };
  const begin = async (name: string, args: readonly string[]) => {
    processes.push(await startDaemon(name, args, { folder, spark, env }));
    // Noted one by one, so that `stopCluster` also finds what an interrupted start leaves behind.
    await writeFile(noteIn(folder), JSON.stringify(cluster));
    return join(folder, `${name}.log`);
  };
  try {
    const masterLog = await begin('master', [
      'org.apache.spark.deploy.master.Master',
      ...['--host', HOST, '--port', String(options.port), '--webui-port', '0'],
    ]);
    cluster.master = await inLog(masterLog, /Starting Spark master at (spark:\/\/\S+)/, processes);
    cluster.webUrl = await inLog(masterLog, /Bound MasterWebUI to .* started at (http:\/\/\S+)/, processes);
    for (let worker = 1; worker <= options.workers; worker++) {
      await begin(`worker-${worker}`, [
        'org.apache.spark.deploy.worker.Worker',
        ...['--host', HOST, '--webui-port', '0', '--work-dir', join(folder, `work-${worker}`)],
        ...['--cores', String(options.cores), '--memory', options.memory],
        cluster.master,
      ]);
    }
    await waitFor(
      async () => (await readReport(cluster.webUrl))?.aliveworkers === options.workers || null,
      `the workers do not reach the master; see ${folder}`,
      processes,
    );
    return cluster;
  } catch (error) {
    await Promise.all(processes.map(endProcess));
    await rm(noteIn(folder), { force: true });
    throw error;
  }
}

/** Ends a folder's cluster, workers first, and removes the folder. @returns what ran; null where nothing did */
export async function stopCluster(folder: string): Promise<Cluster | null> {
  const cluster = await readCluster(folder);
  if (cluster === null) return null;
  const wasRunning = cluster.processes.some(isRunning);
  const [master, ...workers] = cluster.processes;
  // Workers end their executors before they end themselves.
  await Promise.all(workers.map(endProcess));
  if (master) await endProcess(master);
  await rm(folder, { recursive: true, force: true });
  return wasRunning ? cluster : null;
}

/** Asks a folder's cluster how it is; null where none runs. */
export async function clusterReport(folder: string): Promise<ClusterReport | null> {
  const cluster = await readCluster(folder);
  const report = cluster?.webUrl ? await readReport(cluster.webUrl) : null;
  if (!cluster || !report) return null;
  return {
    ...cluster,
    workers: report.aliveworkers,
    cores: report.cores,
    memoryMebibytes: report.memory,
    applications: report.activeapps.map(({ name }) => name),
  };
}

interface DaemonPlace {
  folder: string;
  spark: SparkInstallation;
  env: Readonly<Record<string, string | undefined>>;
}

/** Starts one process of Spark that outlives this one, with its output in a log of that name. */
async function startDaemon(
  name: string,
  args: readonly string[],
  { folder, spark, env }: DaemonPlace,
): Promise<ClusterProcess> {
  const log = createWriteStream(join(folder, `${name}.log`));
  await new Promise((resolve, reject) => log.once('open', resolve).once('error', reject));
  const child = spawn(join(spark.home, 'bin', 'spark-class'), args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...env,
      SPARK_HOME: spark.home,
      SPARK_LOCAL_IP: HOST,
      SPARK_LOCAL_DIRS: join(folder, 'local'),
      SPARK_DAEMON_MEMORY: DAEMON_MEMORY,
      PYSPARK_PYTHON: spark.python,
    },
  });
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  child.unref();
  log.close();
  if (child.pid === undefined) throw new AppError('ENVIRONMENT', `Spark's ${name} does not start`);
  return { pid: child.pid, started: startOfProcess(child.pid) };
}

/** Waits until a log has a pattern, and returns its group. @throws AppError ENVIRONMENT with the log's end */
function inLog(path: string, pattern: RegExp, processes: readonly ClusterProcess[]): Promise<string> {
  return waitFor(
    async () => pattern.exec(await readFile(path, 'utf8'))?.[1] ?? null,
    `Spark does not start; see ${path}`,
    processes,
  );
}

async function waitFor<Answer>(
  ask: () => Promise<Answer | null>,
  problem: string,
  processes: readonly ClusterProcess[],
): Promise<Answer> {
  for (const deadline = Date.now() + STARTS_WITHIN_MS; ; await setTimeout(ASK_EVERY_MS)) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > deadline || !processes.every(isRunning)) throw new AppError('ENVIRONMENT', problem);
  }
}

async function readReport(webUrl: string): Promise<z.infer<typeof reportSchema> | null> {
  const answer = await fetch(`${webUrl}/json/`).catch(() => null);
  return answer?.ok ? reportSchema.parse(await answer.json()) : null;
}

async function readCluster(folder: string): Promise<Cluster | null> {
  try {
    return clusterSchema.parse(JSON.parse(await readFile(noteIn(folder), 'utf8')));
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function noteIn(folder: string): string {
  return join(folder, 'cluster.json');
}

function isRunning({ pid, started }: ClusterProcess): boolean {
  return isSameProcess(pid, started);
}

/** Asks a process to end, and ends it where it does not within {@link STOPS_WITHIN_MS}. */
async function endProcess(one: ClusterProcess): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isRunning(one)) return;
    process.kill(one.pid, signal);
    for (const deadline = Date.now() + STOPS_WITHIN_MS; isRunning(one) && Date.now() < deadline;)
      await setTimeout(ASK_EVERY_MS);
  }
}
