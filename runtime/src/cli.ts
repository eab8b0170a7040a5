import { CommanderError, type Command, type OptionValues } from '@commander-js/extra-typings';
import { AppError, ERROR_CODES, messageOf, systemErrorCode, type ErrorCode } from './errors.ts';
import { fileFailureOf } from './fileFailures.ts';

/** A command with whatever arguments and options it has. */
type AnyCommand = Pick<
  Command<unknown[], OptionValues, OptionValues>,
  'exitOverride' | 'commands' | 'parseAsync'
>;

/**
 * Runs a command line to its end and leaves the process with the status that the outcome calls for:
 * 0 done, 2 wrong usage, else the one of the error's code. An unexpected error prints its stack; a path that
 * cannot be used is told in a line.
 * Where `--json` is given, a failure is one JSON object on stdout too, unless the result tells it.
 * @param explain makes an AppError of errors that are expected in these commands, and hands on all others
 */
export async function runCli(
  program: AnyCommand,
  argv: readonly string[],
  explain: (error: unknown) => unknown = (error) => error,
): Promise<never> {
  surviveClosedPipes();
  overrideExits(program);
  const failure = await failureOf(() =>
    program.parseAsync(argv).catch((error: unknown) => {
      throw explain(error);
    }),
  );
  if (failure && !failure.isInResult && asksForJson(argv)) process.stdout.write(`${asJson(failure)}\n`);
  return exit(failure ? ERROR_CODES[failure.code].exitStatus : 0);
}

/** Runs a process's main function with the same mapping from errors to exit statuses; returns when it resolves. */
export async function runMain(main: () => Promise<unknown>): Promise<void> {
  surviveClosedPipes();
  const failure = await failureOf(main);
  if (failure) await exit(ERROR_CODES[failure.code].exitStatus);
}

interface Failure {
  code: ErrorCode;
  message: string;
  /** The result that was printed says so already. */
  isInResult: boolean;
}

/** Why the work failed, which has been said on stderr; null where it did not. */
async function failureOf(work: () => Promise<unknown>): Promise<Failure | null> {
  try {
    await work();
    return null;
  } catch (error) {
    // Commander has already printed its own message or help text.
    if (error instanceof CommanderError) return usageFailure(error);
    const expected = error instanceof AppError ? error : fileFailureOf(error);
    if (expected) {
      const { code, message, isInResult } = expected;
      process.stderr.write(`error: ${message}\n`);
      return { code, message, isInResult };
    }
    process.stderr.write(
      `unexpected error: ${error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error)}\n`,
    );
    return { code: 'INTERNAL_SERVER_ERROR', message: messageOf(error), isInResult: false };
  }
}

/** Wrong usage as Commander found it; null where help or a version was asked for. */
function usageFailure({ code, exitCode, message }: CommanderError): Failure | null {
  if (exitCode === 0) return null;
  const isHelp = code === 'commander.help';
  return {
    code: 'BAD_USER_INPUT',
    message: isHelp ? 'give a command; --help lists them' : message.replace(/^error: /, ''),
    isInResult: false,
  };
}

function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? undefined : end).includes('--json');
}

function asJson({ code, message }: Failure): string {
  return JSON.stringify({ code, message, retryable: ERROR_CODES[code].retryable });
}

/** Work goes on where nobody reads any more, as behind `| head -1`: what is written from then on is dropped. */
function surviveClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
      if (systemErrorCode(error) !== 'EPIPE') throw error;
    });
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

/** Options as a command line writes them: `{ timeUnit: 'ms', strict: true }` as `--time-unit ms --strict`; what is false or absent is left out. */
export function toArguments(
  options: Readonly<Record<string, string | number | boolean | null | undefined>>,
): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === null || value === false) return [];
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    return value === true ? [flag] : [flag, String(value)];
  });
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
