import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

export type Fault = 'silent' | 'silent predictions' | 'other version' | 'garbage' | 'NaN';

const LOOK_EVERY_MS = 50;

/** Stands before a model server and lets its answers go wrong in the ways that happen. */
export class FaultyProxy {
  fault: Fault | null = null;
  readonly #upstream: string;
  #server: Server;
  #port = 0;

  constructor(upstream: string) {
    this.#upstream = upstream;
    this.#server = this.#create();
  }

  /** Listens, on the port it had before where it had one. */
  async start(): Promise<string> {
    this.#server = this.#create();
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Nothing listens any more. */
  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #create(): Server {
    return createServer((req, res) => {
      this.#answer(req, res).catch(() => res.destroy());
    });
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { fault } = this;
    const isPrediction = req.method === 'POST';
    // What is asked meanwhile is answered when nobody waits for it any more.
    while (fault !== null && fault === this.fault && isSilent(fault, isPrediction))
      await setTimeout(LOOK_EVERY_MS, null, { ref: false });
    const path = fault === 'other version' ? req.url?.replace('/versions/', '/versions/90') : req.url;
    const response = await fetch(`${this.#upstream}${path ?? ''}`, {
      method: req.method ?? 'GET',
      ...(isPrediction && { body: await buffer(req) }),
    });
    const text = await response.text();
    res.writeHead(response.status, { 'content-type': 'application/json' });
    if (!isPrediction) res.end(text);
    else if (fault === 'garbage') res.end('<html>Bad gateway</html>');
    else if (fault === 'NaN') res.end(text.replace(/\d\.\d+/, 'NaN'));
    else res.end(text);
  }
}

function isSilent(fault: Fault, isPrediction: boolean): boolean {
  return fault === 'silent' || (fault === 'silent predictions' && isPrediction);
}
