import { EventEmitter, once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@pocketrocket/runtime';
import { PassThrough } from 'node:stream';
import type { ToRenderer } from './messages.ts';
import type { PageBytes } from './renderer.ts';
import { NotRendered, RenderThread, type RenderWorker } from './renderThread.ts';

const PAGE: PageBytes = {
  status: 200,
  html: new Uint8Array(1),
  brotli: new Uint8Array(1),
  etag: 'W/"1"',
  styles: [],
  isShared: true,
};
const REQUEST = { location: '/', origin: 'http://portal.test', language: 'en' };
const FACTS = {
  languages: ['en'],
  addresses: { fixed: [], movie: '/movie/:id', genre: '/genre/:name', closed: [] },
};

/** A thread that does what the test says. */
class FakeWorker extends EventEmitter implements RenderWorker {
  readonly heard: ToRenderer[] = [];
  isTerminated = false;

  postMessage(message: ToRenderer) {
    this.heard.push(message);
    this.emit('heard', message);
  }

  say(message: object) {
    this.emit('message', message);
  }

  async terminate() {
    this.isTerminated = true;
  }
}

const threads: RenderThread[] = [];
afterEach(async () => {
  for (const thread of threads.splice(0)) await thread.stop();
});

function startThread(options: { maxPages?: number; silenceMs?: number } = {}) {
  const workers: FakeWorker[] = [];
  const started = new EventEmitter();
  const thread = new RenderThread({
    startWorker() {
      const worker = new FakeWorker();
      workers.push(worker);
      started.emit('worker');
      return worker;
    },
    logger: createLogger({ level: 'silent', name: 'test', stream: new PassThrough() }),
    pauseMs: 1,
    ...options,
  });
  threads.push(thread);
  return { thread, workers, started };
}

const never = () => new Promise<string>(() => undefined);

describe('a rendering thread', () => {
  it('renders once it is ready, asking through whoever wants the page', async () => {
    const { thread, workers } = startThread();
    const [worker] = workers;
    await expect(thread.render(REQUEST, never)).rejects.toThrow(NotRendered);
    worker?.say({ kind: 'ready', facts: FACTS });
    expect(thread.facts).toEqual(FACTS);

    const page = thread.render(REQUEST, async (body) => `answer to ${body}`);
    worker?.say({ kind: 'ask', id: 1, question: 7, body: 'a question' });
    const [answer] = (await once(worker as FakeWorker, 'heard')) as [ToRenderer];
    expect(answer).toEqual({ kind: 'answer', question: 7, reply: { value: 'answer to a question' } });
    worker?.say({ kind: 'page', id: 1, page: PAGE });
    expect(await page).toBe(PAGE);
  });

  it('takes so many pages at a time', async () => {
    const { thread, workers } = startThread({ maxPages: 1 });
    workers[0]?.say({ kind: 'ready', facts: FACTS });
    const first = thread.render(REQUEST, never);
    await expect(thread.render(REQUEST, never)).rejects.toThrow(NotRendered);
    workers[0]?.say({ kind: 'failure', id: 1, failure: { code: null, message: 'broken', stack: undefined } });
    await expect(first).rejects.toThrow('broken');
  });

  it.each([
    ['dies', (worker: FakeWorker) => worker.emit('exit', 1)],
    ['crashes', (worker: FakeWorker) => worker.emit('error', new Error('out of memory'))],
    ['hangs', () => undefined],
  ])('is replaced where it %s, and what it was at fails', async (_how, end) => {
    const { thread, workers, started } = startThread({ silenceMs: 20 });
    const [worker] = workers as [FakeWorker];
    worker.say({ kind: 'ready', facts: FACTS });
    const page = thread.render(REQUEST, never);
    const another = once(started, 'worker');
    end(worker);
    await expect(page).rejects.toThrow(NotRendered);
    await another;
    workers[1]?.say({ kind: 'ready', facts: FACTS });
    const again = thread.render(REQUEST, never);
    workers[1]?.say({ kind: 'page', id: 2, page: PAGE });
    expect(await again).toBe(PAGE);
  });
});
