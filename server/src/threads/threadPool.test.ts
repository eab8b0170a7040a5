import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from '@pocketrocket/runtime';
import { until } from '@pocketrocket/testing';
import type { ApiAnswer, ApiRequest } from '../api/apiPort.ts';
import type { ThreadWorker } from './apiThread.ts';
import type { FromThread, ToThread } from './messages.ts';
import { ThreadPool } from './threadPool.ts';

/** A worker that does what the test says. */
class FakeWorker extends EventEmitter {
  readonly received: ToThread[] = [];

  constructor(readonly number: number) {
    super();
  }

  get requests(): { id: number; request: ApiRequest }[] {
    return this.received.flatMap((message) => (message.kind === 'request' ? [message] : []));
  }

  postMessage(message: ToThread): void {
    this.received.push(message);
    if (message.kind === 'stop') this.say({ kind: 'stopped' });
  }

  say(message: FromThread): void {
    this.emit('message', message);
  }

  answer(place: number, workMs = 0): void {
    const id = this.requests[place]?.id ?? 0;
    const body = Buffer.from(String(this.number));
    this.say({ kind: 'answer', id, workMs, answer: { status: 200, headers: [], body, outcome: {} } });
  }

  crash(): void {
    this.emit('error', new Error('it broke'));
    this.emit('exit', 1);
  }

  async terminate(): Promise<number> {
    this.emit('exit', 1);
    return 1;
  }
}

let workers: FakeWorker[];
let pool: ThreadPool;
let lines: string[];
let shared: FromThread[];
const current = (number: number): FakeWorker => {
  const worker = workers.findLast((one) => one.number === number);
  if (!worker) throw new Error(`no worker ${number}`);
  return worker;
};

beforeEach(async () => {
  // Time passes where a test says so: what is done meanwhile takes none, however busy the machine is.
  jest.useFakeTimers({ doNotFake: ['Date', 'nextTick', 'queueMicrotask', 'setImmediate'] });
  workers = [];
  lines = [];
  shared = [];
  const stream = new PassThrough().on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  pool = new ThreadPool({
    size: 2,
    startWorker(number) {
      const worker = new FakeWorker(number);
      workers.push(worker);
      return worker as unknown as ThreadWorker;
    },
    onShared: (message) => shared.push(message),
    silenceMs: 1_500,
    serve: (service, payload) => [service, payload],
    logger: createLogger({ level: 'info', name: 'test', stream }),
  });
  const started = pool.start();
  current(1).say({ kind: 'ready', modelVersion: 7 });
  expect(await started).toBe(7);
  current(2).say({ kind: 'ready', modelVersion: 7 });
});
afterEach(async () => {
  await pool.stop();
  jest.useRealTimers();
});

const requestFrom = (address: string, more: Partial<ApiRequest> = {}): ApiRequest => ({
  requestId: 'r',
  method: 'POST',
  search: '',
  headers: [],
  body: '{}',
  address,
  timeoutMs: 10_000,
  isPassedOn: false,
  ...more,
});
const handle = (address: string, more?: Partial<ApiRequest>) => pool.handle(requestFrom(address, more));
/** The number of the thread that answered. */
const byWhom = async (answer: Promise<ApiAnswer>) => Number(Buffer.from((await answer).body).toString());

describe('the pool of API threads', () => {
  it('hands requests to the thread with the least to do, and holds back what would wait there', async () => {
    const answers = Array.from({ length: 7 }, () => handle('a'));
    expect([current(1).requests.length, current(2).requests.length]).toEqual([2, 2]);
    current(2).answer(0);
    expect(await byWhom(answers[1] ?? never())).toBe(2);
    expect([current(1).requests.length, current(2).requests.length]).toEqual([2, 3]);
    // It only waits for something, and leaves room.
    current(1).say({ kind: 'begun', id: current(1).requests[0]?.id ?? 0 });
    expect([current(1).requests.length, current(2).requests.length]).toEqual([3, 3]);
    for (const answer of answers) answer.catch(() => undefined);
  });

  it('keeps the last thread from addresses that use much, while others ask who use less', async () => {
    const first = handle('a');
    current(1).answer(0, 2_000);
    await first;
    // As long as nobody else is there, every thread serves it.
    for (let number = 0; number < 3; number++) handle('a').catch(() => undefined);
    expect([current(1).requests.length, current(2).requests.length]).toEqual([3, 1]);
    handle('b').catch(() => undefined);
    expect(current(2).requests.at(-1)?.request.address).toBe('b');
    jest.advanceTimersByTime(60);
    for (let number = 0; number < 3; number++) handle('a').catch(() => undefined);
    current(2).answer(0, 500);
    current(2).answer(1, 5);
    expect(current(2).requests).toHaveLength(2);
    // What had to wait is served by the others, those who have used less first.
    for (let number = 0; number < 3; number++) handle('b').catch(() => undefined);
    expect(current(2).requests.map(({ request }) => request.address)).toEqual(['a', 'b', 'b', 'b']);
    for (const place of [1, 2]) current(1).answer(place, 500);
    expect(current(1).requests.map(({ request }) => request.address)).toEqual(['a', 'a', 'a', 'b', 'a']);
  });

  it('serves whoever asks by the last thread that is left', async () => {
    const first = handle('a');
    current(1).answer(0, 2_000);
    await first;
    handle('b').catch(() => undefined);
    jest.advanceTimersByTime(60);
    current(1).crash();
    const last = handle('a');
    expect(current(2).requests.at(-1)?.request.address).toBe('a');
    current(2).answer(current(2).requests.length - 1);
    expect(await byWhom(last)).toBe(2);
  });

  it('lets an address that has nothing under way pass those that have, and serves the others in turn', () => {
    for (let number = 0; number < 10; number++) handle('a').catch(() => undefined);
    handle('b').catch(() => undefined);
    handle('b').catch(() => undefined);
    const addresses = () =>
      [...current(1).requests, ...current(2).requests].map(({ request }) => request.address);
    expect(addresses().filter((address) => address === 'b')).toHaveLength(1);
    for (const number of [1, 2]) for (const place of [0, 1]) current(number).answer(place);
    expect(addresses().filter((address) => address === 'b')).toHaveLength(2);
  });

  it('drops what nobody waits for any more', async () => {
    let isWanted = true;
    const first = Array.from({ length: 4 }, () => handle('a'));
    const late = pool.handle(requestFrom('a', { timeoutMs: 20 }));
    const unwanted = pool.handle(requestFrom('a'), () => isWanted);
    isWanted = false;
    jest.advanceTimersByTime(40);
    current(1).answer(0);
    await expect(late).rejects.toThrow('nobody waits');
    await expect(unwanted).rejects.toThrow('nobody waits');
    for (const answer of first) answer.catch(() => undefined);
  });

  it('passes a request on once, to the thread that keeps its list', async () => {
    const answer = handle('a');
    current(1).say({ kind: 'elsewhere', id: current(1).requests[0]?.id ?? 0, workMs: 0, thread: 2 });
    expect(current(2).requests[0]?.request.isPassedOn).toBe(true);
    current(2).answer(0);
    expect(await byWhom(answer)).toBe(2);
  });

  it('starts a thread again that crashed, and fails what was on it', async () => {
    const [onFirst, onSecond] = [handle('a'), handle('a')];
    const failed = expect(onFirst).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    current(1).crash();
    await failed;
    current(2).answer(0);
    expect(await byWhom(onSecond)).toBe(2);
    await jest.advanceTimersByTimeAsync(200);
    expect(workers).toHaveLength(3);
    expect(current(1).requests).toEqual([]);
    current(1).say({ kind: 'ready', modelVersion: 7 });
    for (let number = 0; number < 2; number++) handle('b').catch(() => undefined);
    expect(current(1).requests.length).toBeGreaterThan(0);
    expect(lines.join('')).toContain('it broke');
  });

  it('ends a thread that says nothing, and keeps one that does', async () => {
    const speaking = setInterval(() => current(2).say({ kind: 'pong' }), 200);
    const lost = handle('a');
    const failed = expect(lost).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await jest.advanceTimersByTimeAsync(2_500);
    await failed;
    clearInterval(speaking);
    expect(workers.map(({ number }) => number)).toEqual([1, 2, 1]);
    expect(current(1).received.some(({ kind }) => kind === 'ping')).toBe(false);
  });

  it('answers what a thread asks, and tells the others what one has read', async () => {
    current(1).say({ kind: 'ask', id: 5, service: 'limiter', payload: 9 });
    await until('there is a reply', () => current(1).received.some(({ kind }) => kind === 'reply') || null);
    expect(current(1).received.at(-1)).toEqual({ kind: 'reply', id: 5, reply: { value: ['limiter', 9] } });
    const told: FromThread = { kind: 'model', state: { model: null, problem: 'none' } };
    current(1).say(told);
    expect(current(2).received.at(-1)).toEqual(told);
    expect(current(1).received.at(-1)).not.toEqual(told);
    expect(shared).toEqual([told]);
  });

  it('asks all threads, and goes on without those that do not answer', async () => {
    const asked = pool.askAll('readiness', 50);
    const [message] = current(2).received.slice(-1);
    if (message?.kind !== 'ask') throw new Error('it was not asked');
    current(2).say({ kind: 'reply', id: message.id, reply: { value: 'ready' } });
    expect(await asked).toEqual(['ready']);
  });
});

function never(): never {
  throw new Error('there is no such request');
}

describe('live connections', () => {
  const open = () => {
    const did: unknown[] = [];
    const session = pool.open(
      { requestId: 'r', headers: [], body: null, address: 'a', transport: 'websocket', protocol: 'p' },
      {
        head: (...head) => did.push(head),
        send: (text) => did.push(text),
        close: (code) => did.push(code),
        standing: (standing) => did.push(standing),
      },
    );
    return { did, session };
  };
  const liveOf = (number: number) =>
    current(number).received.flatMap((message) => (message.kind === 'live' ? [message] : []));

  it('are spread, stay with their threads, and are to be opened again when these end', () => {
    const connections = Array.from({ length: 4 }, open);
    expect([liveOf(1).length, liveOf(2).length]).toEqual([2, 2]);
    const [first, second, third] = connections;
    first?.session?.hear('a text');
    expect(liveOf(1).at(-1)).toEqual({ kind: 'live', id: 1, event: { type: 'text', text: 'a text' } });
    current(1).say({ kind: 'live', id: 1, event: { type: 'text', text: 'an answer' } });
    current(1).say({ kind: 'live', id: 1, event: { type: 'close', code: 4403, reason: 'Forbidden' } });
    expect(first?.did).toEqual(['an answer', 4403]);
    first?.session?.closed(4403, '');
    current(1).say({ kind: 'live', id: 1, event: { type: 'text', text: 'too late' } });
    current(1).crash();
    expect(first?.did).toEqual(['an answer', 4403]);
    expect(third?.did).toEqual([1012]);
    expect(second?.did).toEqual([]);
    third?.session?.closed(1012, '');
    expect(open().session).not.toBeNull();
    expect(liveOf(2)).toHaveLength(3);
    current(2).crash();
    expect(open().session).toBeNull();
  });

  it('hear of changes in other threads', () => {
    current(1).say({ kind: 'changes', userIds: [7, 8] });
    expect(current(2).received).toContainEqual({ kind: 'changes', userIds: [7, 8] });
    expect(current(1).received.filter(({ kind }) => kind === 'changes')).toEqual([]);
    expect(shared).toEqual([]);
  });
});
