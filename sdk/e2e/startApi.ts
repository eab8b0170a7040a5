import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A real server with a few films and users, and an app with two keys. */
export interface Api {
  /** Of the endpoint. */
  url: string;
  origin: string;
  keys: { backend: string; page: string };
  stop(): Promise<void>;
}

/** Starts one as a process of its own: nothing of the server is imported. */
export async function startApi(env: Record<string, string>): Promise<Api> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@pocketrocket/source', 'server/src/test/serveFixture.ts'],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: '', TSX_TSCONFIG_PATH: `${ROOT}/tsconfig.base.json`, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface(child.stdout);
  const [first] = await Promise.race([
    new Promise<string[]>((resolve) => lines.once('line', (line) => resolve([line]))),
    ended.then(() => Promise.reject(new Error('the server ended before it was ready'))),
  ]);
  const { url, keys } = JSON.parse(first ?? '') as { url: string; keys: Api['keys'] };
  return {
    url: `${url}/graphql`,
    origin: url,
    keys,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
