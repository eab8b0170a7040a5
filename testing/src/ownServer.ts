import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createConnection, createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Command of another program's server, which runs on data of its own. */
export interface OwnServerOptions {
  command: string;
  args: readonly string[];
  /** Resolves to true once it answers; polled after each start. */
  answers: () => Promise<boolean>;
}

const STARTS_WITHIN_MS = 30_000;

/** A server of another program that a test starts, kills and starts again on the same data and port. */
export class OwnServer {
  readonly #options: OwnServerOptions;
  #child: ChildProcess | null = null;
  #output = '';

  private constructor(options: OwnServerOptions) {
    this.#options = options;
  }

  static async start(options: OwnServerOptions): Promise<OwnServer> {
    const server = new OwnServer(options);
    await server.start();
    return server;
  }

  /** Starts it again, and resolves when it answers. */
  async start(): Promise<void> {
    const { command, args, answers } = this.#options;
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    this.#output = '';
    const keep = (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-4_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    let failure: Error | null = null;
    child.once('error', (error) => (failure = error));
    for (const deadline = Date.now() + STARTS_WITHIN_MS; ;) {
      const isThere = await answers();
      // What answers then is somebody else's.
      const hasEnded = failure !== null || child.exitCode !== null || child.signalCode !== null;
      if (hasEnded || (!isThere && Date.now() > deadline))
        throw new Error(`${command} does not start:\n${this.#output}`, { cause: failure });
      if (isThere) return;
      await setTimeout(50);
    }
  }

  /** Ends it and resolves when it has ended; `SIGKILL` leaves it no time for anything. */
  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}

/** Below those that systems give to whoever asks for any port, or connects: none of them gets one before it is listened on. */
const PORTS = [20_000, 32_000] as const;
const MOST_TRIES = 100;

/** A port of this machine on which nothing listens just now. */
export async function freePort(): Promise<number> {
  let problem: unknown;
  for (let times = 0; times < MOST_TRIES; times++) {
    const port = randomInt(...PORTS);
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      problem = error;
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
  throw new Error('no port is free', { cause: problem });
}

/** True when something on this machine accepts connections at a port. */
export async function accepts(port: number): Promise<boolean> {
  const socket = createConnection({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    // Refused: that is the answer.
    return false;
  } finally {
    socket.destroy();
  }
}
