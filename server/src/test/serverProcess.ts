import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { entryOf, QUICK_START } from '@pocketrocket/testing';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const MODEL_SERVER = fileURLToPath(new URL('../modelServer/cli.ts', import.meta.url));
const TSCONFIG = fileURLToPath(new URL('../../../tsconfig.base.json', import.meta.url));

export interface ServerProcess {
  child: ChildProcess;
  /** Everything it wrote to stderr so far. */
  stderr(): string;
  /** The address that it printed; rejects when it ends before. */
  url: Promise<string>;
  /** Its exit status; null when a signal ended it. */
  exited: Promise<number | null>;
}

/** Threads take seconds to load sources and to warm up, and tests ask more than any client would. */
const FOR_TESTS = {
  ...QUICK_START,
  PORT: '0',
  BUDGET_BURST: '1000000000',
  BUDGET_PER_SECOND: '1000000000',
};

/** Starts the server as a process of its own, on one API thread and without a limit of cost unless told otherwise. */
export function spawnServer(env: Record<string, string>, nodeOptions: string[] = []): ServerProcess {
  return awaitAddress(spawnSource(MAIN, [], { ...FOR_TESTS, ...env }, nodeOptions));
}

/** Starts the model server as a process of its own, on a free port unless the arguments say another. */
export function spawnModelServer(
  dir: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): ServerProcess {
  return awaitAddress(spawnSource(MODEL_SERVER, ['--dir', dir, '--port', '0', ...args], env));
}

/** Runs a command of TypeScript's to its end. @returns what it wrote to stdout @throws Error with what it wrote where it fails */
export async function runSource(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<string> {
  const { status, stdout, stderr } = await endOfSource(script, args, env);
  if (status !== 0) throw new Error(`${script} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** The same, whatever its status. */
export async function endOfSource(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const child = spawnSource(script, args, env);
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout, stderr };
}

function spawnSource(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  nodeOptions: readonly string[] = [],
) {
  const file = entryOf(script);
  const loader = file.endsWith('.ts') ? ['--import', 'tsx', '--conditions=@pocketrocket/source'] : [];
  return spawn(process.execPath, [...nodeOptions, ...loader, file, ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TSX_TSCONFIG_PATH: TSCONFIG, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A process that prints what it serves where. */
export function awaitAddress(child: ChildProcessByStdio<null, Readable, Readable>): ServerProcess {
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = once(child, 'close').then(([status]) => status as number | null);
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const address = / serves (\S+)$/m.exec(stdout)?.[1];
      if (address) resolve(address);
    });
    void exited.then(() => reject(new Error(`the server ended without listening:\n${stderr}`)));
  });
  // Tests of servers that must not start do not wait for an address.
  url.catch(() => undefined);
  return { child, stderr: () => stderr, url, exited };
}
