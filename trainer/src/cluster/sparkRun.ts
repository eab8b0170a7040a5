import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fittedFromTensors, partFromTensors } from '@pocketrocket/engine';
import type {
  CountedName,
  CountedParts,
  EpochProgress,
  FitResults,
  ItemFacts,
  ItemNeighbours,
  Tensors,
} from '@pocketrocket/engine';
import { AppError, type Logger, type Progress, type SparkInstallation } from '@pocketrocket/runtime';
import { z } from 'zod';
import type { FitData } from '../pipeline/fitting/fitData.ts';
import { inputsOf } from '../pipeline/fitting/fitter.ts';
import type { FitJob, FittedName, Fitter } from '../pipeline/fitting/fitter.ts';
import { hashPlainData } from '../pipeline/fitting/hashPlainData.ts';
import type { RunRatings } from '../pipeline/ratings/ratings.ts';
import { runnableModule } from '../processes/runnableModule.ts';
import { fitInputsToTensors } from '../tasks/fitInputs.ts';
import type { NamedTensors } from '../tensors/namedTensors.ts';
import { readTensorFolder, writeTensorFolder, type Stage } from '../tensors/tensorFolder.ts';
import type { RatingSource } from './ratingSource.ts';
import { makeRunFolder, removeLeftBehind, type RunFolder } from './runFolder.ts';
import { SparkDriver } from './sparkDriver.ts';
import type { SparkQuestions, SparkSplit } from './sparkQuestions.ts';
import { runRatingsOnSpark, SparkRatings } from './sparkRatings.ts';

/** The cluster that a training runs on, and what it takes there. */
export interface SparkOptions {
  /** Such as `spark://host:7077`, `yarn`, `k8s://…` or `local[2]`. */
  master: string;
  source: RatingSource;
  /** Folder or URI that driver and executors reach alike; null for the run's own folder, where all are on one machine or share it. */
  storage: string | null;
  executorMemory: string;
  /** Memory in bytes of one Node process beside its executor. */
  taskBytes: number;
  /** Fits that take more run over partitions where they can; `taskBytes` where left out. */
  oneTaskBytes?: number;
  /** Aim for the ratings of one part, the least that a task reads; {@link RATINGS_IN_PART} where left out. */
  ratingsInPart?: number;
  /** Jar or Maven coordinates of the JDBC driver. */
  mysqlConnector: string;
  /** Further settings of Spark, by name. */
  conf: Readonly<Record<string, string>>;
}

/** Few enough for a task of any executor, enough that starting it does not count. */
export const RATINGS_IN_PART = 1_000_000;

export interface SparkRunDeps {
  spark: SparkInstallation;
  env: Readonly<Record<string, string | undefined>>;
  modelDir: string;
  logger: Logger;
  progress: Progress;
  signal: AbortSignal;
}

const openedSchema = z.object({
  applicationId: z.string(),
  version: z.string(),
  slots: z.number().int(),
  /** Storages of runs that are no more. */
  removed: z.array(z.string()),
});
const readSchema = z.object({
  numUsers: z.number(),
  numItems: z.number(),
  numRatings: z.number(),
  badRows: z.record(z.string(), z.number()),
  rounds: z.number(),
  numChangingUsers: z.number(),
});

const countedSchema = z.looseObject({ numItems: z.number() });

/** One training on one Spark application; what it writes is in a folder of its own, which goes when it ends. */
export class SparkRun implements SparkQuestions {
  readonly #driver: SparkDriver;
  readonly #folder: RunFolder;
  readonly #options: SparkOptions;
  readonly #deps: SparkRunDeps;
  readonly #splits = new Map<string, Promise<SparkRatings>>();
  /** The ratings that fits may name, by their handles. */
  readonly #ratings = new Map<string, SparkRatings>();
  /** Fits that the executors have room for at a time. */
  slots = 1;

  private constructor(driver: SparkDriver, folder: RunFolder, options: SparkOptions, deps: SparkRunDeps) {
    this.#driver = driver;
    this.#folder = folder;
    this.#options = options;
    this.#deps = deps;
  }

  /**
   * Starts the application.
   * @throws AppError UPSTREAM_UNAVAILABLE where the master does not answer; ENVIRONMENT where no executor starts
   */
  static async open(options: SparkOptions, deps: SparkRunDeps): Promise<SparkRun> {
    const folder = await makeRunFolder(deps.modelDir, options.storage);
    const driver = new SparkDriver(deps.spark, folder.log, deps.env, deps.signal);
    const run = new SparkRun(driver, folder, options, deps);
    try {
      await run.#start();
      return run;
    } catch (error) {
      await run.close();
      throw error;
    }
  }

  async #start(): Promise<void> {
    const { master, source, executorMemory, taskBytes, mysqlConnector, conf } = this.#options;
    const { oneTaskBytes = taskBytes } = this.#options;
    const { path, storage, leftBehind } = this.#folder;
    const stage = this.#deps.progress.stage('starting Spark', 0, 'executors');
    const { removed, ...opened } = openedSchema.parse(
      await this.#driver.request('open', {
        master,
        folder: path,
        storage,
        leftBehind: leftBehind.flatMap((left) => left.storage ?? []),
        taskCommand: taskCommand(),
        taskBytes,
        oneTaskBytes,
        executorMemory,
        mysqlConnector: source.kind === 'mysql' ? mysqlConnector : null,
        conf,
      }),
    );
    for (const left of leftBehind)
      if (left.storage === null || removed.includes(left.storage)) await removeLeftBehind(left);
    stage.finish(opened.applicationId);
    this.#deps.logger.info({ master, ...opened }, 'Spark application');
    this.slots = opened.slots;
  }

  /** The place of the ratings. */
  get source(): RatingSource {
    return this.#options.source;
  }

  /** The run's folder on this machine, which goes when it ends. */
  get folder(): string {
    return this.#folder.path;
  }

  /** Asks the driver for something. @throws AppError of the code that it gives */
  request(kind: string, fields: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    return this.#driver.request(kind, fields);
  }

  /**
   * Lets Spark read, check, order and store all ratings.
   * @throws AppError BAD_DATA, DATASET_MISMATCH, CONFLICT, UPSTREAM_UNAVAILABLE
   */
  async readRatings(identity: string): Promise<RunRatings> {
    const { logger, progress } = this.#deps;
    const { source, ratingsInPart = RATINGS_IN_PART } = this.#options;
    const stage = progress.stage('reading ratings on Spark', 0, 'ratings');
    const out = join(this.#folder.path, 'inputs');
    const facts = readSchema.parse(
      await this.#driver.request('read', { source, identity, out, ratingsInPart }),
    );
    stage.update(facts.numRatings);
    stage.finish();
    logger.info(facts, 'ratings read');
    if (Object.keys(facts.badRows).length > 0)
      logger.warn({ badRows: facts.badRows }, 'rows that cannot be used were left out');
    if (facts.numChangingUsers > 0)
      logger.warn(
        { users: facts.numChangingUsers },
        'users rated while they were read, in the last round too: their ratings are of a moment of their own',
      );
    const inputs = await requireStage(out);
    this.#splits.clear();
    this.#ratings.clear();
    return runRatingsOnSpark(inputs, (split) => this.split(split), this, logger);
  }

  /** Lets Spark split the ratings that it has read, each way once. */
  split(split: SparkSplit): Promise<SparkRatings> {
    const key = JSON.stringify(split);
    const known = this.#splits.get(key);
    if (known) return known;
    const made = SparkRatings.of(split, this).then((ratings) => {
      this.#ratings.set(ratings.handle.sha256, ratings);
      return ratings;
    });
    this.#splits.set(key, made);
    return made;
  }

  /** Asks the driver for something whose answer has tensors. */
  async ask(kind: string, fields: object): Promise<{ result: Record<string, unknown>; stage: Stage }> {
    const out = await this.#newPlace(kind);
    const result = await this.#driver.request(kind, { ...fields, out });
    const stage = await requireStage(out);
    await rm(out, { recursive: true });
    return { result, stage };
  }

  /** Asks the driver for something whose answer has several tensor folders, which are read one by one. */
  async askForSeveral(
    kind: string,
    fields: object,
    given: NamedTensors,
  ): Promise<{ result: Record<string, unknown>; stageOf: (name: string) => Promise<Stage> }> {
    const out = await this.#newPlace(kind);
    const asked = await this.#newPlace('asked');
    await writeTensorFolder(asked, { name: 'asked', fingerprint: '', settings: {} }, given);
    const result = await this.#driver.request(kind, { ...fields, asked, out });
    return { result, stageOf: (name) => requireStage(join(out, name)) };
  }

  /** Writes a file of the run, named by its content. */
  async write(name: string, parts: readonly Uint8Array[]): Promise<string> {
    const path = join(this.#folder.path, 'files', name);
    if (await stat(path).catch(() => null)) return path;
    await mkdir(dirname(path), { recursive: true });
    const staging = `${path}.${randomUUID()}`;
    await writeFile(staging, parts);
    await rename(staging, path);
    return path;
  }

  async #newPlace(kind: string): Promise<string> {
    const path = join(this.#folder.path, kind, randomUUID());
    await mkdir(dirname(path), { recursive: true });
    return path;
  }

  /** Fits on the cluster. */
  readonly fit: Fitter = async <Name extends FittedName>(
    job: FitJob<Name>,
    data: FitData,
    onEpoch: (progress: EpochProgress) => void,
    signal: AbortSignal,
  ): Promise<FitResults[Name]> => {
    signal.throwIfAborted();
    const ratings = this.#ratings.get(job.interactions.sha256);
    if (!ratings) throw new RangeError(`ratings ${job.interactions.sha256} were not read by Spark`);
    const given = await this.#written(job, data);
    const fingerprint = hashPlainData(job);
    const out = await this.#newPlace('fits');
    const { name, options, seed } = job;
    const { split, numRatings, checksum } = ratings;
    const check = { numRatings, digest: checksum };
    let told = 0;
    const tell = (progress: EpochProgress): void => {
      told++;
      onEpoch(progress);
    };
    const fields = { name, options, seed, split, ...check, given, fingerprint, out };
    const usage = await this.#driver.request('fit', fields, tell);
    signal.throwIfAborted();
    this.#deps.logger.info({ stage: name, depth: split.depth, ...check, ...usage }, 'fitted on Spark');
    const { tensors, epochs = [] } = await requireStage(out);
    epochs.slice(told).forEach(onEpoch);
    return fittedFromTensors(name, tensors as Tensors);
  };

  /** Counts on the cluster, of what a split keeps, all that `countParts` of the engine does. */
  async countParts(split: SparkSplit, { releaseYears }: ItemFacts): Promise<CountedParts> {
    const { tensors, numItems } = await this.#count(
      ['popularity', 'dislikes', 'trend', 'rising'],
      split,
      releaseYears,
    );
    return {
      ...partFromTensors('popularity', tensors, numItems),
      ...partFromTensors('dislikes', tensors, numItems),
      ...partFromTensors('trend', tensors, numItems),
      ...partFromTensors('rising', tensors, numItems),
    };
  }

  /** Finds on the cluster, of what a split keeps, the neighbours that `fitItemNeighbours` of the engine does. */
  async fitItemNeighbours(split: SparkSplit): Promise<ItemNeighbours> {
    const { tensors, numItems } = await this.#count(['neighbours'], split, null);
    return partFromTensors('neighbours', tensors, numItems).neighbours;
  }

  async #count(
    parts: readonly CountedName[],
    split: SparkSplit,
    releaseYears: ItemFacts['releaseYears'],
  ): Promise<{ tensors: Tensors; numItems: number }> {
    const { logger, signal } = this.#deps;
    signal.throwIfAborted();
    const years = releaseYears && Array.from(releaseYears);
    const { result, stage } = await this.ask('count', { parts, split, releaseYears: years });
    const { numItems, ...usage } = countedSchema.parse(result);
    logger.info({ parts, depth: split.depth, ...usage }, 'counted on Spark');
    return { tensors: stage.tensors as Tensors, numItems };
  }

  /** The folder of what a fit is given beside its ratings, for the driver to read; undefined where that is nothing. */
  async #written(job: FitJob, data: FitData): Promise<string | undefined> {
    const fingerprint = [job.init, job.heldOut].flatMap((handle) => handle?.sha256 ?? []).join('-');
    if (fingerprint === '') return undefined;
    const folder = join(this.#folder.path, 'given', fingerprint);
    await mkdir(dirname(folder), { recursive: true });
    const facts = { name: 'given', fingerprint, settings: {} };
    await writeTensorFolder(folder, facts, fitInputsToTensors(inputsOf(job, data)));
    return folder;
  }

  /** Ends the application and removes all that it wrote. */
  async close(): Promise<void> {
    await this.#folder.close(await this.#driver.close());
  }
}

/** The command by which an executor runs a task: this Node.js, wherever the same path leads to one there. */
function taskCommand(): string[] {
  const { file, execArgv, env } = runnableModule('./spark/taskMain.ts');
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return [...(variables.length > 0 ? ['env', ...variables] : []), process.execPath, ...execArgv, file];
}

async function requireStage(folder: string): Promise<Stage> {
  const stage = await readTensorFolder(folder);
  if (stage) return stage;
  throw new AppError('INTERNAL_SERVER_ERROR', `Spark's driver wrote nothing to ${folder}`);
}
