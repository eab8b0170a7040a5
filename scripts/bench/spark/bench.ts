import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError, findSpark, readConfig, type SparkInstallation } from '@pocketrocket/runtime';
import { databaseUrlProblems, DatasetEntity, openDatabase } from '@pocketrocket/schema/database';
import { built, exitOf, runStep, start, StepFailed } from '../../lib/processes.ts';
import { startCluster, stopCluster, type Cluster } from '../../spark/cluster.ts';
import { startProcess, type Environment } from '../../topology/processes.ts';
import { generateFiles } from '../import/generate.ts';
import { embeddedEnvironment, withHome } from '../serve/home.ts';
import { stagesOf } from './eventLog.ts';
import { curveText, runText, type MeasuredRun } from './report.ts';
import { cpuBetween, peakOf, readProcesses, sampleOf, type Sample } from './residents.ts';

export interface SparkBenchOptions {
  /** Sizes, one training for each. */
  ratings: number[];
  movies: number;
  ratingsPerUser: number;
  workers: number;
  executorMemory: string;
  /** Stop each training once the ratings are read. */
  read: boolean;
  /** Sizes to extrapolate to. */
  extrapolate: number[];
  json?: string | undefined;
  home?: string | undefined;
}

const SYNTHETIC = fileURLToPath(new URL('./synthetic.py', import.meta.url));
const SEED = 1;
/** Of the catalogue's own import, which a training asks for titles and years. */
const IMPORTED_USERS = 50;
const SAMPLE_EVERY_MS = 250;
/** Two epochs, and no more than the models themselves. */
const TRAINING = ['--quick', '--item2vec-epochs', '2', '--neural-cf-epochs', '2', '--only', 'fit'];

/**
 * Trains on made-up ratings of several sizes on a cluster of this machine, and prints what each stage took and how it grows.
 * @param trainerOptions of `trainer train` in the place of {@link TRAINING}
 */
export async function benchSpark(
  options: SparkBenchOptions,
  trainerOptions: readonly string[],
): Promise<void> {
  const spark = await findSpark(readConfig(process.env, databaseUrlProblems), process.env);
  await withHome(options.home, async (home) => {
    const env: Environment = {
      ...embeddedEnvironment(home),
      LOG_LEVEL: 'info',
      PYSPARK_PYTHON: spark.python,
    };
    const catalogue = await importCatalogue(home, env, options.movies);
    const cluster = await startCluster(join(home, 'cluster'), spark, env, {
      port: 0,
      workers: options.workers,
      cores: 1,
      memory: options.executorMemory,
    });
    try {
      const runs: MeasuredRun[] = [];
      for (const ratings of options.ratings) {
        const place: Place = { home, env, spark, cluster, catalogue };
        const run = await measure(ratings, place, options, trainerOptions);
        runs.push(run);
        process.stdout.write(`${runText(run)}\n\n`);
        // Again after each size: a later one may fail.
        if (options.json !== undefined) await writeFile(options.json, JSON.stringify(runs, null, 2));
      }
      process.stdout.write(curveText(runs, options.extrapolate));
    } finally {
      await stopCluster(join(home, 'cluster'));
    }
  });
}

interface Catalogue {
  identity: string;
  movieIds: number[];
}

interface Place {
  home: string;
  env: Environment;
  spark: SparkInstallation;
  cluster: Cluster;
  catalogue: Catalogue;
}

/** Imports films with the ratings of a few users; the made-up ratings of all sizes then pass for those of that data set. */
async function importCatalogue(home: string, env: Environment, movies: number): Promise<Catalogue> {
  const shape = { ratings: 20 * IMPORTED_USERS, users: IMPORTED_USERS, movies, seed: SEED, sorted: true };
  const folder = generateFiles(home, shape);
  await runStep('the import', built('seeds', [folder, '--progress', 'none']), { env });
  const database = await openDatabase({ url: `sqlite:${join(home, 'pocketrocket.sqlite')}` });
  try {
    const dataset = await database.dataSource.getRepository(DatasetEntity).findOneByOrFail({ datasetId: 1 });
    const lines = readFileSync(join(folder, 'movies.csv'), 'utf8').trim().split('\n').slice(1);
    return { identity: dataset.identity, movieIds: lines.map((line) => Number.parseInt(line)) };
  } finally {
    await database.close();
  }
}

/** Writes ratings, unless they are there, as `seed export --parquet` would; returns the folder. */
async function writeRatings(ratings: number, place: Place, ratingsPerUser: number): Promise<string> {
  const { home, env, spark, cluster, catalogue } = place;
  const { movieIds, identity } = catalogue;
  const folder = join(home, `ratings-${ratings}-${ratingsPerUser}-${movieIds.length}`);
  const out = join(folder, 'ratings');
  if (readdirOf(out).includes('_SUCCESS')) return folder;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const users = Math.round(ratings / ratingsPerUser);
  const child = start(
    { command: spark.python, args: [SYNTHETIC] },
    {
      env: { ...env, SPARK_HOME: spark.home },
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  );
  const said: Buffer[] = [];
  child.stderr?.on('data', (chunk: Buffer) => said.push(chunk));
  child.stdin?.end(
    JSON.stringify({ master: cluster.master, out: `file://${out}`, ratings, users, movieIds, seed: SEED }),
  );
  const status = await exitOf(child);
  if (status !== 0) {
    process.stderr.write(Buffer.concat(said));
    throw new StepFailed('making ratings', status);
  }
  await writeFile(join(folder, 'dataset.json'), JSON.stringify({ formatVersion: 1, identity }));
  return folder;
}

async function measure(
  ratings: number,
  place: Place,
  { ratingsPerUser, executorMemory, read }: SparkBenchOptions,
  trainerOptions: readonly string[],
): Promise<MeasuredRun> {
  const { home, env, cluster } = place;
  const parquet = await writeRatings(ratings, place, ratingsPerUser);
  const modelDir = join(home, 'models');
  const events = join(home, 'events');
  for (const folder of [modelDir, events]) await rm(folder, { recursive: true, force: true });
  await mkdir(events);
  const begin = Date.now();
  const trainer = startProcess(
    built('trainer', [
      ...['train', '--engine', 'spark', '--master', cluster.master, '--progress', 'none'],
      ...['--parquet', parquet, '--executor-memory', executorMemory],
      ...eventSettings(events).flatMap((setting) => ['--spark-conf', setting]),
      ...(trainerOptions.length > 0 ? trainerOptions : TRAINING),
    ]),
    { ...env, MODEL_DIR: modelDir },
  );
  const samples: Sample[] = [];
  const workers = cluster.processes.slice(1).map(({ pid }) => pid);
  let readAt: number | null = null;
  const timer = setInterval(() => {
    const at = Date.now();
    samples.push(sampleOf(readProcesses(), trainer.child.pid ?? 0, workers, at));
    if (readAt !== null || !trainer.output().includes(READ)) return;
    readAt = at;
    if (read) trainer.child.kill('SIGINT');
  }, SAMPLE_EVERY_MS);
  const status = await trainer.exited.finally(() => clearInterval(timer));
  const end = Date.now();
  const facts = factsOf(trainer.output());
  if (facts === null || (status !== 0 && !read)) {
    process.stderr.write(trainer.output());
    throw new StepFailed('the training', status);
  }
  const stages = stagesOf(readEvents(events)).map(({ begin: from, end: to, ...stage }) => {
    const [cpuSeconds, peaks] = [cpuBetween(samples, from, to), peakOf(samples, from, to)];
    return { ...stage, seconds: (to - from) / 1000, cpuSeconds, peaks };
  });
  return {
    ratings: facts.numRatings,
    users: facts.numUsers,
    items: facts.numItems,
    untilReadSeconds: ((readAt ?? end) - begin) / 1000,
    untilReadCpuSeconds: cpuBetween(samples, begin, readAt ?? end),
    seconds: (end - begin) / 1000,
    stages,
  };
}

const READ = '"event":"ratings read"';

/** Makes Spark note what its stages take, and look at its memory often. */
function eventSettings(folder: string): string[] {
  return [
    'spark.eventLog.enabled=true',
    `spark.eventLog.dir=file://${folder}`,
    'spark.eventLog.rolling.enabled=false',
    'spark.eventLog.compress=false',
    'spark.eventLog.logStageExecutorMetrics=true',
    'spark.executor.heartbeatInterval=1s',
    'spark.executor.metrics.pollingInterval=500ms',
  ];
}

function readEvents(folder: string): string {
  const [file] = readdirOf(folder);
  if (file === undefined) throw new AppError('ENVIRONMENT', `Spark wrote no event log into ${folder}`);
  return readFileSync(join(folder, file), 'utf8');
}

interface ReadFacts {
  numRatings: number;
  numUsers: number;
  numItems: number;
}

function factsOf(output: string): ReadFacts | null {
  const line = output.split('\n').find((text) => text.includes(READ));
  return line === undefined ? null : (JSON.parse(line) as ReadFacts);
}

function readdirOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // It is not there yet.
    return [];
  }
}
