import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { Command, Option } from '@commander-js/extra-typings';
import { AppError, claimUse, messageOf, systemErrorCode } from '@pocketrocket/runtime';
import type { Database } from '@pocketrocket/schema/database';
import { readDataset, readUserIds } from '../data/database.ts';
import { servedManifest } from '../data/publishedModel.ts';
import { openRun, USES_FOLDER, type ListRun } from '../lists/listRun.ts';
import { makeParts } from '../lists/listWorkers.ts';
import { printResult, withDatabase, withRun } from './common/context.ts';
import type { CommandContext, CommandRun } from './common/context.ts';
import { jsonOption, parsePositiveNumber, progressOption } from './common/options.ts';

/** Users of a part: what a killed run does again at most, per process. */
const USERS_PER_PART = 2000;

export function recommendAllCommand(context: CommandContext) {
  return new Command('recommend-all')
    .description(
      "Write every user's list as Parquet, for mail or push: the lists that the server gives, with scores, rank and the model's version. " +
        'A run that was stopped goes on where it was; where the last one was finished, a new one begins.',
    )
    .requiredOption(
      '--out <folder>',
      'where the files go, one per part of the users; emptied of what an earlier run wrote',
    )
    .option('--top <number>', 'entries of a list, at most', parsePositiveNumber, 100)
    .addOption(
      new Option('--engine <name>', 'what makes the lists: processes on this machine')
        .choices(['local'] as const)
        .default('local' as const),
    )
    .addOption(
      new Option('--threads <number>', 'how many processes make lists at the same time')
        .argParser(parsePositiveNumber)
        .default(availableParallelism()),
    )
    .addOption(
      new Option('--users-per-part <number>', 'users of a file')
        .argParser(parsePositiveNumber)
        .default(USERS_PER_PART),
    )
    .addOption(jsonOption)
    .addOption(progressOption)
    .action((options) =>
      withRun(context, options.progress, async (run) => {
        const folder = resolve(options.out);
        const { top, threads, usersPerPart } = options;
        const report = await aloneIn(folder, () =>
          recommendAll(run, { folder, top, threads, usersPerPart }),
        ).catch((error: unknown) => {
          if (error instanceof AppError || systemErrorCode(error) === undefined) throw error;
          throw new AppError('ENVIRONMENT', `${folder} cannot be written: ${messageOf(error)}`, {
            cause: error,
          });
        });
        run.progress.close();
        const { modelVersion, users, parts, done } = report;
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

/** Works in a folder while no other process does. @throws AppError CONFLICT where one does */
async function aloneIn<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const release = claimUse([join(folder, USES_FOLDER)], { purpose: 'recommend-all', isExclusive: true });
  try {
    return await work();
  } finally {
    release();
  }
}

interface Request {
  folder: string;
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
  const { folder, top, threads, usersPerPart } = request;
  const { databaseUrl, modelDir } = command.config;
  const { run, missing, isResumed } = await withDatabase(command, async (database) => {
    const { identity } = await readDataset(database);
    const served = await servedManifest(database, modelDir);
    if (served === null) {
      throw new AppError('NOT_FOUND', 'no model serves these data; run `npm run trainer -- train` first');
    }
    const wanted = { modelVersion: served.version, modelCreatedAt: served.createdAt, identity, top };
    return openRun(folder, wanted, () => partsOf(database, usersPerPart));
  });
  command.logger.info({ folder, parts: run.parts.length, missing: missing.length, isResumed }, 'lists');
  const { modelVersion } = run;
  const stage = command.progress.stage('making lists', missing.length, 'parts');
  let users = 0;
  let done = 0;
  const parts = missing.map((place) => {
    const [firstUser, lastUser] = run.parts[place] ?? [0, -1];
    return { place, firstUser, lastUser };
  });
  const settings = { databaseUrl, modelDir, modelVersion, top, folder };
  const onDone = (some: number): void => {
    users += some;
    stage.update(++done, `${users.toLocaleString('en')} users`);
  };
  await makeParts(settings, parts, { numWorkers: threads, env: command.env }, onDone, command.signal);
  stage.finish();
  return { folder, modelVersion, users, parts: run.parts.length, done };
}

/** The users in parts, ascending by id. */
async function partsOf(database: Database, usersPerPart: number): Promise<ListRun['parts']> {
  const parts: ListRun['parts'] = [];
  for (let above = -1; ;) {
    const users = await readUserIds(database, above, usersPerPart);
    const [first, last] = [users[0], users.at(-1)];
    if (first === undefined || last === undefined) return parts;
    parts.push([first, last]);
    above = last;
  }
}
