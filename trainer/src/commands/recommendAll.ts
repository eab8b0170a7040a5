import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { AppError, claimUse, messageOf, systemErrorCode } from '@pocketrocket/runtime';
import { asUnavailable, type Database } from '@pocketrocket/schema/database';
import { isUri, pathOf, toUri } from '../cluster/ratingSource.ts';
import { folderOnSpark, makeListsOnSpark } from '../cluster/sparkLists.ts';
import { readCatalogue } from '../data/catalogue.ts';
import { readDataset, readUserRange, refuseReplaced } from '../data/database.ts';
import { servedManifest } from '../data/publishedModel.ts';
import { folderOnDisk } from '../lists/listFolder.ts';
import type { ListMaker } from '../lists/listMaker.ts';
import { openRun, USES_FOLDER, type ListRun } from '../lists/listRun.ts';
import { makeParts } from '../lists/listWorkers.ts';
import { printResult, withDatabase, withRun } from './common/context.ts';
import type { CommandContext, CommandRun } from './common/context.ts';
import { jsonOption, parsePositiveNumber, progressOption } from './common/options.ts';
import {
  executorMemoryOption,
  masterOption,
  mysqlConnectorOption,
  openSpark,
  parquetOption,
  refuseMixedEngines,
  sparkConfOption,
  storageOption,
  taskMemoryOption,
  type SparkChoices,
} from './common/sparkEngine.ts';

/** Users of a part: what a killed run does again at most, per process. A task of Spark starts a process for each. */
const USERS_PER_PART = { local: 2_000, spark: 10_000 } as const;

export function recommendAllCommand(context: CommandContext) {
  return new Command('recommend-all')
    .description(
      "Write every user's list as Parquet, for mail or push: the lists that the server gives, with scores, rank and the model's version. " +
        'A run that was stopped goes on where it was; where the last one was finished, a new one begins.',
    )
    .requiredOption(
      '--out <folder>',
      'where the files go, one per part of the users; emptied of what an earlier run wrote. With --engine spark a folder or URI that driver and workers reach alike',
    )
    .option('--top <number>', 'entries of a list, at most', parsePositiveNumber, 100)
    .addOption(
      new Option(
        '--engine <name>',
        'what makes the lists: processes on this machine, or an Apache Spark cluster (docs/spark.md)',
      )
        .choices(['local', 'spark'] as const)
        .default('local' as const),
    )
    .addOption(
      new Option('--threads <number>', 'with --engine local: how many processes make lists at the same time')
        .argParser(parsePositiveNumber)
        .default(availableParallelism()),
    )
    .addOption(
      new Option(
        '--users-per-part <number>',
        `users of a file (default: ${USERS_PER_PART.local}, with --engine spark ${USERS_PER_PART.spark})`,
      ).argParser(parsePositiveNumber),
    )
    .addOption(masterOption)
    .addOption(parquetOption)
    .addOption(storageOption)
    .addOption(executorMemoryOption)
    .addOption(taskMemoryOption)
    .addOption(mysqlConnectorOption)
    .addOption(sparkConfOption)
    .addOption(jsonOption)
    .addOption(progressOption)
    .action((options) =>
      withRun(context, options.progress, async (run) => {
        refuseMixedEngines(options);
        const out = pathOf(options.out);
        if (options.engine === 'local' && isUri(out))
          throw new AppError('BAD_USER_INPUT', '--out as a URI needs --engine spark');
        const request = {
          ...options,
          out,
          usersPerPart: options.usersPerPart ?? USERS_PER_PART[options.engine],
        };
        const report = await recommendAll(run, request);
        run.progress.close();
        const { folder, modelVersion, users, parts, done } = report;
        printResult(
          run,
          options.json,
          () => report,
          () =>
            `lists of ${users.toLocaleString('en')} users by version ${modelVersion}: ${parts} files in ${folder}` +
            `${done < parts ? `, ${parts - done} of them from an earlier run` : ''}\n`,
        );
      }),
    );
}

interface Request extends SparkChoices {
  out: string;
  top: number;
  threads: number;
  usersPerPart: number;
}

interface Report {
  folder: string;
  modelVersion: number;
  /** Users of the parts that this run made. */
  users: number;
  parts: number;
  /** Parts that this run made. */
  done: number;
}

async function recommendAll(command: CommandRun, request: Request): Promise<Report> {
  const { top, usersPerPart } = request;
  return withDatabase(command, async (database) => {
    const { identity } = await readDataset(database);
    const served = await servedManifest(database, command.config.modelDir);
    if (served === null) {
      throw new AppError('NOT_FOUND', 'no model serves these data; run `npm run trainer -- train` first');
    }
    const wanted = { modelVersion: served.version, modelCreatedAt: served.createdAt, identity, top };
    return withMaker(command, request, database, async ({ folder, make }) => {
      const { run, missing, isResumed } = await openRun(folder, wanted, () =>
        partsOf(database, usersPerPart),
      );
      const parts = run.parts.length;
      command.logger.info({ folder: folder.place, parts, missing: missing.length, isResumed }, 'lists');
      const stage = command.progress.stage('making lists', missing.length, 'parts');
      let users = 0;
      await make(run, missing, (done) => {
        users = done.users;
        stage.update(done.parts, `${users.toLocaleString('en')} users`);
      });
      stage.finish();
      await refuseReplaced(database, identity, `the lists in ${folder.place} are of both; make them again`);
      return { folder: folder.place, modelVersion: run.modelVersion, users, parts, done: missing.length };
    });
  });
}

/** Opens what makes the lists for as long as the work lasts, alone in a folder of this machine. */
async function withMaker<Result>(
  command: CommandRun,
  request: Request,
  database: Database,
  work: (maker: ListMaker) => Promise<Result>,
): Promise<Result> {
  const { out, engine, master } = request;
  if (engine === 'local' || master === undefined) {
    const folder = resolve(out);
    return aloneIn(folder, () => work(makerHere(command, request, folder)));
  }
  const spark = await openSpark(command, { ...request, master });
  try {
    const { modelDir } = command.config;
    const make: ListMaker['make'] = async (run, missing, onDone) => {
      const catalogue = await readCatalogue(database);
      const lists = { run, missing, out: toUri(out), modelDir, catalogue };
      await makeListsOnSpark(spark, lists, onDone, command.logger);
    };
    if (isUri(out)) return await work({ folder: folderOnSpark(spark, out), make });
    const folder = resolve(out);
    return await aloneIn(folder, () => work({ folder: folderOnDisk(folder), make }));
  } finally {
    await spark.close();
  }
}

function makerHere(command: CommandRun, { top, threads }: Request, folder: string): ListMaker {
  const { databaseUrl, modelDir } = command.config;
  return {
    folder: folderOnDisk(folder),
    make({ modelVersion, parts }, missing, onDone) {
      const settings = { databaseUrl, modelDir, modelVersion, top, folder };
      const some = missing.map((place) => {
        const [firstUser, lastUser] = parts[place] ?? [0, -1];
        return { place, firstUser, lastUser };
      });
      return makeParts(settings, some, { numWorkers: threads, env: command.env }, onDone, command.signal);
    },
  };
}

/**
 * Works in a folder while no other process does.
 * @throws AppError CONFLICT where one does; ENVIRONMENT where it cannot be written
 */
async function aloneIn<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    const release = claimUse([join(folder, USES_FOLDER)], { purpose: 'recommend-all', isExclusive: true });
    try {
      return await work();
    } finally {
      release();
    }
  } catch (thrown) {
    const error = asUnavailable(thrown);
    if (error instanceof AppError || systemErrorCode(error) === undefined) throw error;
    throw new AppError('ENVIRONMENT', `${folder} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}

/** The users in parts, ascending by id. */
async function partsOf(database: Database, usersPerPart: number): Promise<ListRun['parts']> {
  const parts: ListRun['parts'] = [];
  for (let above = -1; ;) {
    const part = await readUserRange(database, above, usersPerPart);
    if (part === null) return parts;
    parts.push(part);
    [, above] = part;
  }
}
