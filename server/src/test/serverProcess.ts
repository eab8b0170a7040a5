import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
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

/** Starts the server from its sources as a process of its own. */
export function spawnServer(env: Record<string, string>, nodeOptions: string[] = []): ServerProcess {
  const child = spawn(
    process.execPath,
    [...nodeOptions, '--import', 'tsx', '--conditions=@pocketrocket/source', MAIN],
    {
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        PORT: '0',
        TSX_TSCONFIG_PATH: TSCONFIG,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = once(child, 'close').then(([status]) => status as number | null);
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      const address = /^PocketRocket serves (\S+)$/m.exec(stdout)?.[1];
      if (address) resolve(address);
    });
    void exited.then(() => reject(new Error(`the server ended without listening:\n${stderr}`)));
  });
  // Tests of servers that must not start do not wait for an address.
  url.catch(() => undefined);
  return { child, stderr: () => stderr, url, exited };
}
