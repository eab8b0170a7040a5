import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, OwnServer } from './ownServer.ts';

/** A Redis server of a test's own, on `PATH`; it comes back empty. */
export interface OwnRedis {
  server: OwnServer;
  port: number;
  url: string;
  drop(): Promise<void>;
}

/** Starts an empty Redis server that keeps nothing on the disk. */
export async function startRedis(): Promise<OwnRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-redis-'));
  const port = await freePort();
  const server = await OwnServer.start({
    command: 'redis-server',
    args: [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      folder,
    ],
    answers: () => accepts(port),
  });
  return {
    server,
    port,
    url: `redis://127.0.0.1:${port}`,
    async drop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function accepts(port: number): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    // Not yet: whoever starts it waits, and says so where it does not come.
    return false;
  } finally {
    socket.destroy();
  }
}
