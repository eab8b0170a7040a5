import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '@pocketrocket/testing';
import { CLOSE, type LiveClient, type LivePort, type LiveRequest } from '../../api/livePort.ts';
import { BudgetGate } from '../../budgets/budgetGate.ts';
import { dial, openStream } from '../../live/test/clients.ts';
import { silentLogger } from '../../test/api.ts';
import { listen } from '../listen.ts';
import { createPortal } from '../portal.ts';
import { createRequestHandler } from '../requestHandler.ts';
import { READY } from '../test/httpHarness.ts';
import { LiveFront } from './liveFront.ts';
import { liveLimits, type LiveLimits } from './liveLimits.ts';
import { WebSocketRequest } from './webSocketRequest.ts';

interface Opened {
  request: LiveRequest;
  client: LiveClient;
  heard: string[];
  closed: number | null;
}

let server: Server;
let front: LiveFront;
let url: string;
let opened: Opened[];
let isFull: boolean;

/** The API's end as the test wants it: it notes what it hears. */
const port: LivePort = {
  open(asked, client) {
    if (isFull) return null;
    const one: Opened = { request: asked, client, heard: [], closed: null };
    opened.push(one);
    return { hear: (text) => void one.heard.push(text), closed: (code) => void (one.closed = code) };
  },
};

async function start(limits: Partial<LiveLimits> = {}): Promise<void> {
  const gate = new BudgetGate({ isSigned: () => Promise.resolve(false) });
  const all = { ...liveLimits(100, 10), ...limits };
  front = new LiveFront({ port, limits: all, gate, logger: silentLogger });
  const { request: onRequest, upgrade } = createRequestHandler({
    api: { handle: () => Promise.reject(new Error('not asked')) },
    sdl: async () => '',
    readiness: async () => READY,
    portal: createPortal('/nowhere'),
    requestTimeoutMs: 1_000,
    maxRequestsInFlight: 10,
    corsOrigins: ['https://movies.example'],
    security: { host: '127.0.0.1', publicUrl: 'https://own.example', imageOrigins: [], allowedHosts: [] },
    trustedProxies: [],
    stepTimes: null,
    live: front,
    logger: silentLogger,
  });
  server = createServer({ IncomingMessage: WebSocketRequest }, onRequest);
  server.on('upgrade', upgrade);
  url = await listen(server, { host: '127.0.0.1', port: 0 });
}

beforeEach(() => {
  opened = [];
  isFull = false;
});
afterEach(() => {
  front.close();
  server.closeAllConnections();
  server.close();
});

const last = (): Opened => {
  const one = opened.at(-1);
  if (!one) throw new Error('nothing was opened');
  return one;
};

/** The status of an answer to a request to go on as a WebSocket. */
async function statusOf(headers: Record<string, string> = {}, path = '/graphql'): Promise<number> {
  const sent = request(`${url}${path}`, {
    agent: false,
    headers: {
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      'sec-websocket-protocol': 'graphql-transport-ws',
      ...headers,
    },
  });
  sent.end();
  const answered = once(sent, 'response').then(([answer]) => (answer as IncomingMessage).statusCode ?? 0);
  const upgraded = once(sent, 'upgrade').then(([, socket]) => {
    (socket as { destroy(): void }).destroy();
    return 101;
  });
  answered.catch(() => undefined);
  upgraded.catch(() => undefined);
  return Promise.race([answered, upgraded]);
}

describe('a request to go on as a WebSocket', () => {
  it('is let in from programs, from own pages, and from those of allowed origins', async () => {
    await start();
    expect(await statusOf()).toBe(101);
    expect(await statusOf({ origin: url })).toBe(101);
    expect(await statusOf({ origin: 'https://movies.example' })).toBe(101);
    expect(await statusOf({ host: 'own.example', origin: 'https://own.example' })).toBe(101);
  });

  it('is refused to all others', async () => {
    await start();
    expect(await statusOf({ origin: 'https://evil.example' })).toBe(403);
    expect(await statusOf({ origin: 'null' })).toBe(403);
    expect(await statusOf({ host: 'evil.example' })).toBe(421);
    expect(await statusOf({}, '/')).toBe(404);
    expect(await statusOf({ 'sec-websocket-version': '1' })).toBe(400);
    expect(opened).toHaveLength(0);
  });

  it('is refused beyond what an address, and all together, may have open', async () => {
    await start({ connectionsByAddress: 2 });
    const sockets = [dial(url), dial(url)];
    await Promise.all(sockets.map(({ websocket }) => once(websocket, 'open')));
    expect(await statusOf()).toBe(429);
    expect((await openStream(url, '{}')).status).toBe(429);
    const other = dial(url, { localAddress: '127.0.0.2' });
    await once(other.websocket, 'open');
    sockets[0]?.close();
    await until('there is room', async () => (await statusOf()) === 101);
    expect(front.counts().websocket).toBeGreaterThan(0);
  });

  it('for another protocol is answered as if nothing had been asked', async () => {
    await start();
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port) });
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await once(socket, 'connect');
    socket.write(
      'GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AA\r\n\r\n',
    );
    await until('it is answered', () => text.includes('"alive":true'));
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });
});

describe('a connection', () => {
  it('carries texts both ways as they are', async () => {
    await start();
    const { websocket } = dial(url, { headers: { authorization: 'Bearer x' } });
    await once(websocket, 'open');
    websocket.send('{"no": json');
    await until('it is heard', () => last().heard.length === 1);
    expect(last().heard).toEqual(['{"no": json']);
    expect(last().request).toMatchObject({ transport: 'websocket', protocol: 'graphql-transport-ws' });
    expect(last().request.headers).toContain('Bearer x');
    websocket.removeAllListeners('message');
    const received = once(websocket, 'message').then(([data]) => String(data));
    last().client.send('any text');
    expect(await received).toBe('any text');
    websocket.close(1000);
    await until('its end is heard', () => last().closed === 1000);
  });

  it('of an unknown protocol is opened without one', async () => {
    await start();
    dial(url, { protocol: 'graphql-ws' });
    await until('it is opened', () => opened.length === 1);
    expect(last().request.protocol).toBe('');
  });

  it('is closed for frames that are too large or no text, and for too many', async () => {
    await start({ messageBytes: 1_000 });
    const send = async (frames: (string | Buffer)[]) => {
      const socket = dial(url);
      await once(socket.websocket, 'open');
      for (const frame of frames) socket.websocket.send(frame);
      return (await socket.closed).code;
    };
    expect(await send(['x'.repeat(1_001)])).toBe(1009);
    expect(await send([Buffer.from('x')])).toBe(CLOSE.UNSUPPORTED_DATA);
    expect(await send(Array<string>(200).fill('{"type":"ping"}'))).toBe(CLOSE.POLICY);
    expect(last().heard.length).toBeLessThanOrEqual(101);
    expect(front.counts().dropped.flood).toBe(1);
    await until('their room is given back', () => front.counts().websocket === 0);
  });

  it('is cut where the client does not read', async () => {
    await start({ unreadBytes: 100_000 });
    const slow = dial(url);
    await once(slow.websocket, 'open');
    slow.websocket.pause();
    await until('it is cut', () => {
      last().client.send('x'.repeat(50_000));
      return front.counts().dropped.slow === 1;
    });
    await until('its end is heard', () => last().closed !== null);

    const stream = await openingStream();
    stream.pause();
    await until('it is cut, too', () => {
      last().client.send('x'.repeat(50_000));
      return front.counts().dropped.slow === 2;
    });
    await until('its end is heard', () => last().closed !== null);
  });

  it('is cut where nobody is at its end', async () => {
    await start({ heartbeatMs: 300 });
    const there = dial(url);
    const gone = dial(url, { autoPong: false });
    await Promise.all([there, gone].map(({ websocket }) => once(websocket, 'open')));
    expect((await gone.closed).code).toBe(1006);
    await until('its room is given back', () => front.counts().websocket === 1);
    expect(front.counts().dropped.silent).toBe(1);
    there.close();
  });

  it('is asked to come later where no thread takes it, and sent away when the server stops', async () => {
    await start();
    isFull = true;
    expect((await dial(url).closed).code).toBe(CLOSE.TRY_LATER);
    expect((await openStream(url, '{}')).status).toBe(503);
    isFull = false;
    const socket = dial(url);
    await once(socket.websocket, 'open');
    const stream = await openingStream();
    const ended = once(stream.resume(), 'end');
    front.close();
    expect((await socket.closed).code).toBe(CLOSE.GOING_AWAY);
    await ended;
  });
});

/** An event stream whose head has been sent. */
async function openingStream(): Promise<IncomingMessage> {
  const before = opened.length;
  const sent = request(`${url}/graphql`, {
    method: 'POST',
    agent: false,
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
  });
  sent.on('error', () => undefined);
  sent.end('{}');
  const answered = once(sent, 'response');
  await until('it is opened', () => opened.length > before);
  last().client.head(200, ['content-type', 'text/event-stream']);
  const [answer] = (await answered) as [IncomingMessage];
  answer.on('error', () => undefined);
  return answer;
}
