import { CommanderError, type Command, type OptionValues } from '@commander-js/extra-typings';
import { AppError, ERROR_CODES, messageOf } from './errors.ts';

/** A command with whatever arguments and options it has. */
type AnyCommand = Pick<
  Command<unknown[], OptionValues, OptionValues>,
  'exitOverride' | 'commands' | 'parseAsync'
>;

/**
 * Runs a command line to its end and leaves the process with the status that the outcome calls for:
 * 0 done, 2 wrong usage, else the one of the error's code. An unexpected error prints its stack.
 */
export async function runCli(program: AnyCommand, argv: readonly string[]): Promise<never> {
  overrideExits(program);
  return exit(await statusOf(() => program.parseAsync(argv)));
}

/** Runs a process's main function with the same mapping from errors to exit statuses; returns when it resolves. */
export async function runMain(main: () => Promise<unknown>): Promise<void> {
  const status = await statusOf(main);
  if (status !== 0) await exit(status);
}

async function statusOf(main: () => Promise<unknown>): Promise<number> {
  try {
    await main();
    return 0;
  } catch (error) {
    // Commander has already printed its own message or help text.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? 0 : ERROR_CODES.BAD_USER_INPUT.exitStatus;
    if (error instanceof AppError) {
      process.stderr.write(`error: ${error.message}\n`);
      return ERROR_CODES[error.code].exitStatus;
    }
    process.stderr.write(
      `unexpected error: ${error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error)}\n`,
    );
    return ERROR_CODES.INTERNAL_SERVER_ERROR.exitStatus;
  }
}

/** Ends the process at once; the only place that does. Output to pipes is flushed first. */
export async function exit(status: number): Promise<never> {
  await Promise.all(
    [process.stdout, process.stderr].map(
      (stream) => new Promise<void>((done) => stream.write('', () => done())),
    ),
  );
  process.exit(status);
}

function overrideExits(command: {
  exitOverride(): unknown;
  commands: readonly { exitOverride(): unknown }[];
}): void {
  command.exitOverride();
  for (const sub of command.commands) overrideExits(sub as typeof command);
}

/** Refuses a Node.js that the project is not tested with. */
export function requireSupportedNode(version: string): void {
  const major = Number(version.split('.')[0]);
  if (major < 20) {
    throw new AppError(
      'ENVIRONMENT',
      `Node.js ${version} is too old; install Node.js 20, 22 or 24 (https://nodejs.org)`,
    );
  }
}
