import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError, ERROR_CODES, type ErrorCode } from '@pocketrocket/runtime';

/** The repository's root folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A command with its arguments and folder. */
export interface Run {
  command: string;
  args: string[];
  /** The repository's root unless given. */
  cwd?: string;
}

const ENTRIES = {
  seeds: 'seeds/dist/cli.js',
  trainer: 'trainer/dist/cli.js',
  server: 'server/dist/main.js',
  'model-server': 'server/dist/modelServer/cli.js',
} as const;

/** Describes the run of a built command. */
export function built(command: keyof typeof ENTRIES, args: readonly string[] = []): Run {
  return { command: process.execPath, args: [`${ROOT}/${ENTRIES[command]}`, ...args] };
}

/** The same of another checkout, which is built. */
export function builtIn(checkout: string, command: keyof typeof ENTRIES): Run {
  return { command: process.execPath, args: [join(checkout, ENTRIES[command])], cwd: checkout };
}

/** Describes the run of a tool that npm installed. */
export function tool(name: string, args: readonly string[] = []): Run {
  return { command: `${ROOT}/node_modules/.bin/${name}`, args: [...args] };
}

/** Starts a process that shares this one's terminal. */
export function start({ command, args, cwd = ROOT }: Run, options: SpawnOptions = {}): ChildProcess {
  return spawn(command, args, { cwd, stdio: 'inherit', ...options });
}

/** The exit status of a process; one that a signal ended counts as 128 + the signal's number, as in a shell. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 128 + constants.signals[signal] : 1)));
  });
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs a process to its end. A signal that stops this process stops that one, and then this.
 * @throws StepFailed naming the step when it fails; what went wrong stands above it in the terminal
 */
export async function runStep(step: string, run: Run, options: SpawnOptions = {}): Promise<void> {
  const child = start(run, options);
  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    isStopping = true;
    child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  try {
    const status = await exitOf(child);
    if (isStopping) throw new StepFailed(step, ERROR_CODES.INTERRUPTED.exitStatus);
    if (status !== 0) throw new StepFailed(step, status);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/** A step that ended with another status than 0, and has said why itself; this process ends with the same status. */
export class StepFailed extends AppError {
  readonly status: number;

  constructor(step: string, status: number) {
    super(codeOfStatus(status), `${step} failed (exit status ${status})`);
    this.status = status;
  }
}

/** A code of that exit status; that of a bug for one that no code has. */
function codeOfStatus(status: number): ErrorCode {
  const codes = Object.keys(ERROR_CODES) as ErrorCode[];
  return codes.find((code) => ERROR_CODES[code].exitStatus === status) ?? 'INTERNAL_SERVER_ERROR';
}
