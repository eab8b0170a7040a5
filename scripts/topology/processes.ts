import { spawn, type ChildProcess } from 'node:child_process';
import { until } from '@pocketrocket/testing';
import { exitOf, ROOT, type Run } from '../lib/processes.ts';

/** Milliseconds in which processes of this repository come to do what they are waited for. */
export const PATIENCE_MS = 60_000;

/** The environment of a child process; what is undefined is taken from it. */
export type Environment = Record<string, string | undefined>;

/** A process of the topology. */
export interface RunningProcess {
  child: ChildProcess;
  /** Its exit status, once it ends. */
  exited: Promise<number>;
  /** Everything it wrote so far, stdout and stderr mixed. */
  output: () => string;
  /** Asks it to stop (SIGTERM unless named) and waits until it has. */
  stop: (signal?: NodeJS.Signals) => Promise<number>;
}

/** A process that answers HTTP; asked to stop, it is by SIGINT unless named, which waits for requests in flight alone. */
export interface RunningServer extends RunningProcess {
  /** Such as `http://127.0.0.1:4000`. */
  origin: string;
}

/** Starts a process whose output is kept. */
export function startProcess({ command, args, cwd = ROOT }: Run, env: Environment): RunningProcess {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const parts: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => parts.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => parts.push(chunk.toString()));
  const exited = exitOf(child);
  // Whoever waits for it hears of it; nobody may be waiting yet.
  exited.catch(() => undefined);
  return {
    child,
    exited,
    output: () => parts.join(''),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return exited;
    },
  };
}

/** Runs a process to its end and returns what it wrote; throws with that where it ends with another status than 0. */
export async function runProcess(run: Run, env: Environment): Promise<string> {
  const { exited, output } = startProcess(run, env);
  const status = await exited;
  if (status !== 0) throw new Error(`${nameOf(run)} ended with status ${status}:\n${output().slice(-4000)}`);
  return output();
}

/** Starts a process that prints its address in a line, and waits until that address answers `path` with any status. */
export async function startServerProcess(run: Run, env: Environment, path: string): Promise<RunningServer> {
  const running = startProcess(run, env);
  try {
    const origin = await until(
      `${nameOf(run)} answers`,
      async () => {
        if (running.child.exitCode !== null) throw new Error(`${nameOf(run)} ended`);
        const address = /https?:\/\/[\w.[\]:]+:\d+/.exec(running.output())?.[0];
        return address !== undefined && (await answers(address + path)) ? address : null;
      },
      PATIENCE_MS,
    );
    // As Ctrl+C does: else a server keeps idle connections for another request, for seconds.
    return { ...running, origin, stop: (signal = 'SIGINT') => running.stop(signal) };
  } catch (error) {
    running.child.kill('SIGKILL');
    throw new Error(`${nameOf(run)} does not serve:\n${running.output().slice(-4000)}`, { cause: error });
  }
}

/** Starts an API server with a model, and waits until it is ready: it answers before, but is not as fast until it is warm. */
export async function startReadyServer(run: Run, env: Environment): Promise<RunningServer> {
  const server = await startServerProcess(run, env, '/healthz');
  const isReady = async () => ((await fetch(`${server.origin}/readyz`)).ok ? true : null);
  await until('the server is ready', isReady, PATIENCE_MS);
  return server;
}

async function answers(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function nameOf({ args }: Run): string {
  return args.join(' ').replaceAll(ROOT, '');
}
