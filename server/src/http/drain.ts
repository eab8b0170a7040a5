import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '@pocketrocket/runtime';

interface FinishOptions {
  /** Milliseconds that idle connections are kept for one more request. */
  idleMs: number;
  /** Milliseconds that requests in flight may still take. */
  graceMs: number;
  logger: Logger;
}

/** Milliseconds that a client which opened a connection may take to send its first request. */
const FIRST_REQUEST_MS = 500;

/** Clients that keep coming although the server is not ready must not keep it from ending. */
const MAX_TURNS = 1_000;

/**
 * Ends an HTTP server without losing a request: first every answer says `connection: close`, then nothing new is accepted, and kept
 * connections end by their next request, or a while later.
 */
export class Drain {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Opened, but nothing was asked on them yet. */
  readonly #unused = new Set<Socket>();
  readonly #inFlight = new Set<ServerResponse>();
  #numAccepted = 0;
  #begun = false;

  /** Watches the server's connections from now on. */
  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket: Socket) => {
      this.#numAccepted++;
      this.#sockets.add(socket);
      this.#unused.add(socket);
      socket.once('close', () => {
        this.#sockets.delete(socket);
        this.#unused.delete(socket);
      });
    });
    server.on('upgrade', ({ socket }) => this.#unused.delete(socket));
    server.on('request', (req, res) => {
      this.#unused.delete(req.socket);
      this.#inFlight.add(res);
      res.once('close', () => this.#inFlight.delete(res));
      if (this.#begun) res.setHeader('connection', 'close');
    });
  }

  /** True once the server is shutting down. */
  get begun(): boolean {
    return this.#begun;
  }

  /** Begins to end, and waits until that has got about among clients and probes. */
  async begin(delayMs: number): Promise<void> {
    this.#begun = true;
    for (const res of this.#inFlight) if (!res.headersSent) res.setHeader('connection', 'close');
    await wait(delayMs);
  }

  /** Stops listening and resolves when the last connection has ended; those that outlast the grace are cut, with a line in the log. */
  async finish({ idleMs, graceMs, logger }: FinishOptions): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    await this.#untilNobodyWaits();
    // An HTTP server's own `close` cuts idle connections, on which a request may be on its way.
    NetServer.prototype.close.call(this.#server);
    const unused = setTimeout(() => {
      for (const socket of this.#unused) socket.destroy();
    }, FIRST_REQUEST_MS);
    const idle = setTimeout(() => this.#server.closeIdleConnections(), idleMs);
    const cut = setTimeout(() => {
      logger.warn({ requests: this.#inFlight.size, connections: this.#sockets.size }, 'connections cut');
      for (const socket of this.#sockets) socket.destroy();
    }, graceMs);
    await closed;
    clearTimeout(unused);
    clearTimeout(idle);
    clearTimeout(cut);
  }

  /** The system resets connections that wait to be accepted when the listening socket closes; one is accepted a turn. */
  async #untilNobodyWaits(): Promise<void> {
    for (let turns = 0; turns < MAX_TURNS; turns++) {
      const before = this.#numAccepted;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#numAccepted === before) return;
    }
  }

  /** Ends connections on which nothing is asked just now, without waiting for their clients. */
  cutIdle(): void {
    this.#server.closeIdleConnections();
    for (const socket of this.#unused) socket.destroy();
  }
}
