import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { AppError, findSpark, type Progress } from '@pocketrocket/runtime';
import type { Database, DatasetEntity } from '@pocketrocket/schema/database';
import { ratingSourceOf } from '../../cluster/ratingSource.ts';
import { SparkRun } from '../../cluster/sparkRun.ts';
import { readRatings } from '../../data/database.ts';
import type { Fitter } from '../../pipeline/fitting/fitter.ts';
import type { RunRatings } from '../../pipeline/ratings/ratings.ts';
import { runRatingsOf } from '../../pipeline/ratings/runRatingsInMemory.ts';
import type { CommandRun } from './context.ts';

const DEFAULT_MYSQL_CONNECTOR = 'com.mysql:mysql-connector-j:9.7.0';

const HOST_AND_PORT = String.raw`(\[[\da-f:]+\]|[^:,/\s]+):\d+`;
/** Of a standalone cluster with several masters all, separated by commas. */
const MASTER = new RegExp(
  String.raw`^(spark://${HOST_AND_PORT}(,${HOST_AND_PORT})*|yarn|k8s://\S+|local(\[(\d+|\*)(,\d+)?\])?)$`,
  'i',
);

export const engineOption = new Option(
  '--engine <name>',
  'where ratings are read and models fitted: on this machine, or on an Apache Spark cluster (docs/spark.md)',
)
  .choices(['local', 'spark'] as const)
  .default('local' as const);

export const masterOption = new Option(
  '--master <address>',
  'with --engine spark: the master, such as spark://host:7077, yarn, k8s://… or local[2]',
).argParser((text) => {
  if (MASTER.test(text)) return text;
  throw new InvalidArgumentError('It must be spark://host:port, yarn, k8s://… or local[n].');
});

export const parquetOption = new Option(
  '--parquet <folder>',
  'with --engine spark: read the ratings that `seed export --parquet` wrote instead of the database; a folder or URI that all workers reach',
);

export const storageOption = new Option(
  '--storage <folder>',
  'with --engine spark: where ordered ratings are kept during the run; a folder or URI that driver and workers reach alike (default: in MODEL_DIR)',
);

export const executorMemoryOption = new Option(
  '--executor-memory <size>',
  'with --engine spark: heap of each executor, such as 512m or 1g (default: 1g)',
).argParser(parseMemory);

export const taskMemoryOption = new Option(
  '--task-memory <size>',
  'with --engine spark: memory that the process of one task may take beside its executor (default: 1g)',
).argParser(parseMemory);

export const mysqlConnectorOption = new Option(
  '--mysql-connector <jar or coordinates>',
  `with --engine spark: the JDBC driver, as a .jar or as Maven coordinates that Spark downloads once (default: ${DEFAULT_MYSQL_CONNECTOR})`,
);

export const sparkConfOption = new Option(
  '--spark-conf <name=value>',
  'with --engine spark: a further setting of Spark; may be given several times',
).argParser((text: string, before: Record<string, string> | undefined) => {
  const [, name, value] = /^(spark\.[^=\s]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined)
    throw new InvalidArgumentError('It must be a setting of Spark such as spark.driver.memory=2g.');
  return { ...before, [name]: value };
});

/** The options of a command that may run on Spark. */
export interface SparkChoices {
  engine: 'local' | 'spark';
  backend?: string;
  master?: string;
  parquet?: string;
  storage?: string;
  executorMemory?: string;
  taskMemory?: string;
  mysqlConnector?: string;
  sparkConf?: Record<string, string>;
}

/** The reader of the ratings and the fitter of the models. */
export interface Engine {
  fit: Fitter;
  /** Fits that may run at the same time. */
  concurrency: number;
  readRatings(dataset: DatasetEntity): Promise<RunRatings>;
}

/** Refuses options that do not go together. @throws AppError BAD_USER_INPUT */
export function refuseMixedEngines({ engine, backend, ...options }: SparkChoices): void {
  const { master, parquet, storage, executorMemory, taskMemory, mysqlConnector, sparkConf } = options;
  if (engine === 'spark') {
    if (master === undefined)
      throw new AppError(
        'BAD_USER_INPUT',
        '--engine spark needs --master, the address of a cluster; `npm run spark -- up` starts one and prints it',
      );
    if (backend === 'tfjs')
      throw new AppError('BAD_USER_INPUT', '--backend tfjs trains on this machine alone, not on Spark');
    return;
  }
  const given = { master, parquet, storage, executorMemory, taskMemory, mysqlConnector, sparkConf };
  const [first] = Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (first === undefined) return;
  const option = first.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new AppError('BAD_USER_INPUT', `--${option} goes with --engine spark`);
}

/** Opens the engine asked for as long as the work lasts. @throws AppError ENVIRONMENT where Spark is not installed */
export async function withEngine<Result>(
  run: CommandRun & { progress: Progress; database: Database },
  choices: SparkChoices & { threads: number },
  work: (engine: Engine) => Promise<Result>,
): Promise<Result> {
  const { database, progress } = run;
  if (choices.engine === 'local' || choices.master === undefined) {
    return work({
      fit: run.fit,
      concurrency: choices.threads,
      readRatings: async () => runRatingsOf(await readRatings(database, progress)),
    });
  }
  const spark = await openSpark(run, { ...choices, master: choices.master });
  try {
    return await work({
      fit: spark.fit,
      concurrency: spark.slots,
      readRatings: ({ identity }) => spark.readRatings(identity),
    });
  } finally {
    await spark.close();
  }
}

/**
 * Starts a Spark application, which whoever started it closes.
 * @throws AppError BAD_USER_INPUT for a database that Spark cannot read; ENVIRONMENT where Spark is not installed
 */
export async function openSpark(
  run: CommandRun,
  choices: SparkChoices & { master: string },
): Promise<SparkRun> {
  const { config, env } = run;
  const options = {
    master: choices.master,
    source: ratingSourceOf(config.databaseUrl, choices.parquet),
    storage: choices.storage ?? null,
    executorMemory: choices.executorMemory ?? '1g',
    taskBytes: bytesOf(choices.taskMemory ?? '1g'),
    mysqlConnector: choices.mysqlConnector ?? DEFAULT_MYSQL_CONNECTOR,
    conf: choices.sparkConf ?? {},
  };
  const spark = await findSpark(config, env);
  return SparkRun.open(options, { ...run, spark, modelDir: config.modelDir });
}

const UNITS: Readonly<Record<string, number>> = { m: 2 ** 20, g: 2 ** 30 };

function parseMemory(text: string): string {
  if (/^[1-9]\d*[mg]$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a number with m or g, such as 512m or 1g.');
}

function bytesOf(size: string): number {
  return Number.parseInt(size) * (UNITS[size.slice(-1)] ?? 1);
}
