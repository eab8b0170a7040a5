import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PocketRocket } from '../src/index.ts';
import type { TransportOptions } from '../src/index.ts';

/** A request as it arrived. */
export interface Seen {
  method: string;
  /** Of the address's query. */
  parameters: Record<string, string>;
  headers: IncomingMessage['headers'];
  body: { query?: string; variables?: Record<string, unknown>; extensions?: unknown };
}

type Answer = (seen: Seen, res: ServerResponse) => void;

/** A server that answers as a test says, one answer a request; the last one goes on. */
export class Double {
  readonly seen: Seen[] = [];
  /** Milliseconds that the client waited. */
  readonly waits: number[] = [];
  url = '';
  #answers: Answer[] = [];
  readonly #server = createServer((req, res) => void this.#take(req, res));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/graphql`;
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  answer(...answers: Answer[]): void {
    this.#answers = answers;
    this.seen.length = 0;
    this.waits.length = 0;
  }

  /** A client that waits for nothing. */
  client(options: Partial<TransportOptions> = {}): PocketRocket {
    const wait = async (ms: number) => void this.waits.push(ms);
    return new PocketRocket({ url: this.url, wait, random: () => 0.5, ...options });
  }

  async #take(req: IncomingMessage, res: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of req) text += String(chunk);
    const { searchParams } = new URL(req.url ?? '/', this.url);
    const seen: Seen = {
      method: req.method ?? '',
      parameters: Object.fromEntries(searchParams),
      headers: req.headers,
      body: text === '' ? {} : (JSON.parse(text) as Seen['body']),
    };
    this.seen.push(seen);
    const answer = this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0];
    if (!answer) throw new Error('nobody said what to answer');
    answer(seen, res);
  }
}

/** An answer in JSON. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (_seen, res) => {
    res.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'request-7', ...headers });
    res.end(JSON.stringify(body));
  };
}

/** An answer that is an error. */
export const failure = (code: string, more: Record<string, unknown> = {}) => ({
  errors: [{ message: `because of ${code}`, extensions: { code, ...more } }],
});

/** A stream of server-sent events, cut into chunks as given. @param end `cut` breaks the connection */
export function stream(chunks: readonly string[], end: 'end' | 'cut' | 'open' = 'end'): Answer {
  return (_seen, res) => {
    res.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (at: number): void => {
      const chunk = chunks[at];
      if (chunk !== undefined) return void res.write(chunk, () => setImmediate(send, at + 1));
      if (end === 'end') res.end();
      else if (end === 'cut') res.destroy();
    };
    send(0);
  };
}

export const next = (data: unknown) => `event: next\ndata: ${JSON.stringify({ data })}\n\n`;
export const COMPLETE = 'event: complete\ndata:\n\n';
