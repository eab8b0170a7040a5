/** What tests of all workspaces need of Redis: servers that may be killed, lines that may be cut, names of one's own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { delimiter, join } from 'node:path';

/** The shared Redis 8; undefined where there is none. */
export const TEST_REDIS_URL = process.env['TEST_REDIS_URL'];

/** Whether tests can have a Redis of their own: `redis-server` is on the PATH, as it must be under CI. */
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
  readonly #port: number;
  #child: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
    this.url = `redis://127.0.0.1:${port}`;
  }

  static async start(): Promise<PrivateRedis> {
    const redis = new PrivateRedis(await freePort());
    await redis.start();
    return redis;
  }

  async start(): Promise<void> {
    const settings = [
      '--port',
      String(this.#port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    const child = spawn('redis-server', settings, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child = child;
    for await (const chunk of child.stdout) if (String(chunk).includes('Ready to accept')) break;
    child.stdout.resume();
  }

  /** Ends it as a crash would: what it held is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}

/** A line to a server that can be cut, and made silent. */
export class TcpProxy {
  readonly url: string;
  readonly #sockets = new Set<Socket>();
  readonly #close: () => void;
  #state: 'open' | 'cut' | 'silent' = 'open';

  private constructor(url: string, close: () => void) {
    this.url = url;
    this.#close = close;
  }

  /** @param target URL of the server; its credentials and path are those of the proxy's URL too */
  static async start(target: string): Promise<TcpProxy> {
    const to = new URL(target);
    const server = createServer((near) => proxy.#join(near, connect(Number(to.port), to.hostname)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const from = new URL(target);
    from.hostname = '127.0.0.1';
    from.port = String((server.address() as AddressInfo).port);
    const proxy = new TcpProxy(from.href, () => server.close());
    return proxy;
  }

  /** Every connection breaks, and no new one comes about. */
  cut(): void {
    this.#state = 'cut';
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Connections stay, and nothing comes back on them. */
  fallSilent(): void {
    this.#state = 'silent';
  }

  restore(): void {
    this.#state = 'open';
  }

  close(): void {
    this.cut();
    this.#close();
  }

  #join(near: Socket, far: Socket): void {
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    if (this.#state === 'cut') {
      near.destroy();
      return;
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => {
      if (this.#state === 'open') near.write(bytes);
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until something holds. @throws Error with what it was about, after so many milliseconds */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  withinMs = 10_000,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
