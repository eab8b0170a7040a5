import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { WebSocket, type ClientOptions } from 'ws';

/** A result as clients get it. */
export interface LiveResult<Data = Record<string, unknown>> {
  data?: Data | null;
  errors?: { message: string; extensions: { code: string } }[];
}

/** The results of one subscription, in their order. */
export class Results {
  readonly #waiting: ((result: LiveResult | 'complete') => void)[] = [];
  readonly #come: (LiveResult | 'complete')[] = [];

  push(result: LiveResult | 'complete'): void {
    const next = this.#waiting.shift();
    if (next) next(result);
    else this.#come.push(result);
  }

  /** The next result, or that there will be none. */
  next(withinMs = 10_000): Promise<LiveResult | 'complete'> {
    const [come] = this.#come.splice(0, 1);
    if (come !== undefined) return Promise.resolve(come);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no result within ${withinMs} ms`)), withinMs);
      this.#waiting.push((result) => {
        clearTimeout(timer);
        resolve(result);
      });
    });
  }

  /** Results that nobody has asked for yet. */
  get unread(): number {
    return this.#come.length;
  }
}

/** A connection that speaks graphql-transport-ws, message by message. */
export class LiveSocket {
  readonly websocket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #results = new Map<string, Results>();
  #nextId = 1;
  #acknowledge: () => void = () => undefined;
  readonly acknowledged = new Promise<void>((resolve) => (this.#acknowledge = resolve));

  constructor(websocket: WebSocket) {
    this.websocket = websocket;
    this.closed = new Promise((resolve) =>
      websocket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    websocket.on('error', () => undefined);
    websocket.on('message', (data: Buffer) => this.#hear(data.toString()));
  }

  send(message: object): void {
    this.websocket.send(JSON.stringify(message));
  }

  subscribe(query: string, variables: object = {}, more: object = {}): Results & { id: string } {
    const results = this.results(String(this.#nextId++));
    const { id } = results;
    this.send({ id, type: 'subscribe', payload: { query, variables, ...more } });
    return results;
  }

  /** The results that come under an id. */
  results(id: string): Results & { id: string } {
    const results = Object.assign(new Results(), { id });
    this.#results.set(id, results);
    return results;
  }

  complete(id: string): void {
    this.send({ id, type: 'complete' });
  }

  close(): void {
    this.websocket.close(1000);
  }

  #hear(text: string): void {
    const { type, id = '', payload } = JSON.parse(text) as { type: string; id?: string; payload?: unknown };
    if (type === 'connection_ack') this.#acknowledge();
    if (type === 'next') this.#results.get(id)?.push(payload as LiveResult);
    if (type === 'error') this.#results.get(id)?.push({ errors: payload } as LiveResult);
    if (type === 'complete') this.#results.get(id)?.push('complete');
  }
}

export interface OpenOptions extends ClientOptions {
  token?: string;
  protocol?: string;
}

/** Opens a connection without saying anything. */
export function dial(
  url: string,
  { protocol = 'graphql-transport-ws', ...options }: OpenOptions = {},
): LiveSocket {
  return new LiveSocket(new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol, options));
}

/** Opens a connection, and signs in where a token is given. */
export async function openWebSocket(
  url: string,
  { token, ...options }: OpenOptions = {},
): Promise<LiveSocket> {
  const socket = dial(url, options);
  await once(socket.websocket, 'open');
  socket.send({ type: 'connection_init', ...(token && { payload: { authorization: `Bearer ${token}` } }) });
  await socket.acknowledged;
  return socket;
}

/** An event stream of one subscription. */
export interface LiveStream {
  status: number;
  headers: IncomingMessage['headers'];
  next: Results['next'];
  /** Everything that came. */
  text: () => string;
  ended: Promise<unknown>;
  close(): void;
}

/** Subscribes by a request whose answer goes on. */
export async function openStream(
  url: string,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
): Promise<LiveStream> {
  const sent = request(`${url}/graphql`, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
  });
  sent.end(JSON.stringify({ query, variables }));
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const results = new Results();
  let text = '';
  let read = 0;
  answer.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    for (let end = text.indexOf('\n\n', read); end >= 0; end = text.indexOf('\n\n', read)) {
      takeEvent(text.slice(read, end), results);
      read = end + 2;
    }
  });
  answer.on('error', () => undefined);
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    next: (withinMs) => results.next(withinMs),
    text: () => text,
    ended: new Promise((resolve) => answer.once('close', resolve)),
    close: () => sent.destroy(),
  };
}

function takeEvent(event: string, results: Results): void {
  const name = /^event: (.*)$/m.exec(event)?.[1];
  const data = /^data: (.*)$/m.exec(event)?.[1];
  if (name === 'next') results.push(JSON.parse(data ?? 'null') as LiveResult);
  if (name === 'complete') results.push('complete');
}

/** The data of a query that must succeed. */
export async function query<Data>(
  url: string,
  text: string,
  variables: object = {},
  token?: string,
): Promise<Data> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: text, variables }),
  });
  const { data, errors } = (await answer.json()) as LiveResult<Data>;
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}
