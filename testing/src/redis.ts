/** Redis for the tests of all workspaces: servers that may be killed, and names of their own. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { accepts, freePort, OwnServer } from './ownServer.ts';

/** The shared Redis 8; undefined where there is none. */
export const TEST_REDIS_URL = process.env['TEST_REDIS_URL'];

/** True when tests can start a Redis of their own: `redis-server` is on the PATH, as it must be under CI. */
export const HAS_REDIS_SERVER =
  process.env['CI'] === 'true' ||
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'redis-server')));

/** A name that no other test uses, so that its keys are its own. */
export function ownModelName(): string {
  return `test-${process.pid}-${randomUUID().slice(0, 8)}`;
}

/** A Redis of the test's own, empty at every start: `redis-server` of the PATH, 7.0 or later. */
export class PrivateRedis {
  readonly url: string;
  readonly #server: OwnServer;

  private constructor(server: OwnServer, port: number) {
    this.#server = server;
    this.url = `redis://127.0.0.1:${port}`;
  }

  static async start(): Promise<PrivateRedis> {
    const port = await freePort();
    const server = await OwnServer.start({
      command: 'redis-server',
      args: `--port ${port} --bind 127.0.0.1 --appendonly no`.split(' ').concat('--save', ''),
      answers: () => accepts(port),
    });
    return new PrivateRedis(server, port);
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  /** Ends it as a crash would: what it held is gone. */
  kill(): Promise<void> {
    return this.#server.stop('SIGKILL');
  }
}
