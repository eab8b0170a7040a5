import {
  createLogger,
  createProgress,
  readConfig,
  type Config,
  type Logger,
  type Progress,
  type ProgressMode,
} from '@pocketrocket/runtime';
import { databaseUrlProblems, openDatabase, type Database } from '@pocketrocket/schema/database';
import type { Fitter } from '../../pipeline/fitting/fitter.ts';

/** Context that the composition root gives to every command. */
export interface CommandContext {
  env: Readonly<Record<string, string | undefined>>;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WriteStream;
  /** Aborted with an AppError when the process is asked to stop. */
  signal: AbortSignal;
  fit: Fitter;
}

/** Context of a running command. */
export interface CommandRun extends CommandContext {
  config: Config;
  logger: Logger;
  progress: Progress;
}

/** Runs a command's work with settings, logger and progress, and leaves the terminal as it was found. */
export async function withRun<Result>(
  context: CommandContext,
  mode: ProgressMode | undefined,
  work: (run: CommandRun) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(context.env, databaseUrlProblems);
  const logger = createLogger({ level: config.logLevel, name: 'trainer', stream: context.stderr });
  const progress = createProgress(context.stderr, mode);
  try {
    return await work({ ...context, config, logger, progress });
  } finally {
    progress.close();
  }
}

/** Opens the configured database for as long as the work lasts. */
export async function withDatabase<Result>(
  { config }: CommandRun,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase({ url: config.databaseUrl });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Prints a result: text for people, or one line of JSON. */
export function printResult(
  { stdout }: CommandContext,
  isJson: boolean,
  json: () => unknown,
  text: () => string,
): void {
  stdout.write(isJson ? `${JSON.stringify(json())}\n` : text());
}
