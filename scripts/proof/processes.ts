import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';

/** Settings of a child process, beside the few that every process gets. */
export type Settings = Record<string, string>;

/** The outcome of a process that ended. */
export interface Outcome {
  /** Null where a signal ended it. */
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Settings that do not depend on who records: no variable of the recording process but the search path reaches a child. */
const FIXED: Settings = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', TZ: 'UTC', PORT: '0' };

const START_TIMEOUT_MS = 120_000;

const running = new Set<number>();
// Whoever stops a recording wants no trainers that go on without it.
process.on('exit', () => running.forEach(killGroup));

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Starts a process in a group of its own, which ends with this process at the latest. */
function start(
  command: string,
  args: readonly string[],
  { settings, cwd }: { settings: Settings; cwd: string },
): ChildProcessByStdio<null, Readable, Readable> {
  const env = { ...FIXED, ...settings };
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  if (pid !== undefined) {
    running.add(pid);
    child.once('exit', () => running.delete(pid));
  }
  return child;
}

/** Runs a process to its end. */
export async function run(
  command: string,
  args: readonly string[],
  options: { settings: Settings; cwd: string },
): Promise<Outcome> {
  const child = start(command, args, options);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}

/** A process that answers HTTP. */
export interface ServerProcess {
  /** Such as `http://127.0.0.1:4000`. */
  origin: string;
  /** Stops it and returns everything that it wrote. */
  stop(): Promise<Outcome>;
}

/** Starts a process and waits until it prints the address that it serves. @throws Error where it does not */
export async function startServer(
  args: readonly string[],
  { settings, cwd }: { settings: Settings; cwd: string },
): Promise<ServerProcess> {
  const child = start(process.execPath, args, { cwd, settings: { SHUTDOWN_DELAY_MS: '0', ...settings } });
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const closed = once(child, 'close').then(([status]) => status as number | null);
  const origin = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const address = / serves (https?:\/\/\S+)/.exec(stdout)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    });
    void closed.then(() => {
      clearTimeout(timer);
      reject(new Error(`${args.join(' ')} does not serve:\n${stderr}`));
    });
  });
  return {
    origin,
    async stop() {
      child.kill('SIGTERM');
      return { status: await closed, stdout, stderr };
    },
  };
}
