import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AppError } from '@pocketrocket/runtime';

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

/** Describes the run of a tool that npm installed. */
export function tool(name: string, args: readonly string[] = []): Run {
  return { command: `${ROOT}/node_modules/.bin/${name}`, args: [...args] };
}

/** Starts a process that shares this one's terminal. */
export function start({ command, args, cwd = ROOT }: Run, options: SpawnOptions = {}): ChildProcess {
  return spawn(command, args, { cwd, stdio: 'inherit', ...options });
}

/** The exit status of a process; a signal counts as 128 + its number would, here simply 130. */
export function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 130 : 1)));
  });
}

/**
 * Runs a process to its end.
 * @throws AppError INTERNAL_SERVER_ERROR naming the step when it fails; what went wrong stands above it in the terminal
 */
export async function runStep(step: string, run: Run, options: SpawnOptions = {}): Promise<void> {
  const status = await exitOf(start(run, options));
  if (status !== 0) throw new StepFailed(step, status);
}

/** A step that ended with another status than 0, and has said why itself. */
export class StepFailed extends AppError {
  readonly status: number;

  constructor(step: string, status: number) {
    super('INTERNAL_SERVER_ERROR', `${step} failed (exit status ${status})`);
    this.status = status;
  }
}
