import type { Logger } from '@pocketrocket/runtime';
import { errorOf, replyOf } from '../threads/failures.ts';
import type { FromRenderer, ToRenderer } from './messages.ts';
import type { Execute, PageBytes, PortalFacts, RenderRequest } from './renderer.ts';

/** A worker thread, as far as it is needed here. */
export interface RenderWorker {
  postMessage(message: ToRenderer): void;
  on(event: 'message', listener: (message: FromRenderer) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<unknown>;
}

export interface RenderThreadOptions {
  startWorker: () => RenderWorker;
  logger: Logger;
  /** Pages under way at most; further ones are refused. */
  maxPages?: number;
  /** A thread that answers no message for so many milliseconds is ended. */
  silenceMs?: number;
  /** Milliseconds from the end of a thread to the start of the next, doubled each time that one ends early. */
  pauseMs?: number;
}

interface UnderWay {
  execute: Execute;
  resolve: (page: PageBytes) => void;
  reject: (error: Error) => void;
}

const MAX_PAUSE_MS = 60_000;
/** A thread that lived so long starts its pauses anew. */
const PROVEN_MS = 30_000;

/** Nothing can be rendered just now: the browser is to do it. */
export class NotRendered extends Error {}

/**
 * Renders pages in a thread of its own, which may die or hang without harm: what it was at fails, and another one is started after a
 * while.
 */
export class RenderThread {
  readonly #options: Required<RenderThreadOptions>;
  readonly #underWay = new Map<number, UnderWay>();
  #worker: RenderWorker | null = null;
  #facts: PortalFacts | null = null;
  #isReady = false;
  #nextId = 1;
  #startedAt = 0;
  #pauseMs: number;
  #restart: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: RenderThreadOptions) {
    this.#options = { maxPages: 16, silenceMs: 5_000, pauseMs: 1_000, ...options };
    this.#pauseMs = this.#options.pauseMs;
    this.#start();
  }

  /** Facts about the portal; null until a thread has told them. */
  get facts(): PortalFacts | null {
    return this.#facts;
  }

  /** @throws NotRendered where it cannot be done now; what the renderer failed with */
  render(request: RenderRequest, execute: Execute): Promise<PageBytes> {
    const worker = this.#worker;
    if (!worker || !this.#isReady || this.#underWay.size >= this.#options.maxPages)
      return Promise.reject(new NotRendered('no thread renders just now'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#underWay.set(id, { execute, resolve, reject });
      worker.postMessage({ kind: 'render', id, request });
      this.#watchOver(worker);
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#restart);
    const worker = this.#worker;
    this.#left();
    await worker?.terminate();
  }

  #start(): void {
    const worker = this.#options.startWorker();
    this.#worker = worker;
    this.#startedAt = performance.now();
    worker.on('message', (message) => this.#hear(worker, message));
    worker.on('error', (error) => this.#ended(worker, error));
    worker.on('exit', (code) => this.#ended(worker, new Error(`the rendering thread ended with ${code}`)));
  }

  #hear(worker: RenderWorker, message: FromRenderer): void {
    if (worker !== this.#worker) return;
    clearTimeout(this.#watch);
    this.#watch = undefined;
    if (message.kind === 'ready') {
      this.#facts = message.facts;
      this.#isReady = true;
    } else if (message.kind === 'ask') void this.#ask(worker, message);
    else if (message.kind === 'page') this.#take(message.id)?.resolve(message.page);
    else if (message.kind === 'failure') this.#take(message.id)?.reject(errorOf(message.failure));
    if (this.#underWay.size > 0) this.#watchOver(worker);
  }

  async #ask(worker: RenderWorker, { id, question, body }: Extract<FromRenderer, { kind: 'ask' }>) {
    const execute = this.#underWay.get(id)?.execute;
    const reply = await replyOf(() => {
      if (!execute) throw new NotRendered('nobody waits for that page');
      return execute(body);
    });
    if (worker === this.#worker) worker.postMessage({ kind: 'answer', question, reply });
  }

  #take(id: number): UnderWay | undefined {
    const underWay = this.#underWay.get(id);
    this.#underWay.delete(id);
    return underWay;
  }

  /** Asks a thread that has something to do whether it lives, once it has been silent for half the time that it may be. */
  #watchOver(worker: RenderWorker, isAsked = false): void {
    if (this.#watch) return;
    this.#watch = setTimeout(() => {
      this.#watch = undefined;
      if (!isAsked) {
        worker.postMessage({ kind: 'ping' });
        this.#watchOver(worker, true);
        return;
      }
      this.#ended(worker, new Error('the rendering thread hangs'));
      void worker.terminate();
    }, this.#options.silenceMs / 2);
    this.#watch.unref();
  }

  #ended(worker: RenderWorker, error: unknown): void {
    if (worker !== this.#worker || this.#isStopped) return;
    this.#options.logger.error({ err: error }, 'no pages are rendered until another thread has started');
    this.#left();
    const { pauseMs } = this.#options;
    const livedMs = performance.now() - this.#startedAt;
    this.#pauseMs = livedMs > PROVEN_MS ? pauseMs : Math.min(MAX_PAUSE_MS, this.#pauseMs * 2);
    this.#restart = setTimeout(() => this.#start(), this.#pauseMs);
    this.#restart.unref();
  }

  #left(): void {
    clearTimeout(this.#watch);
    this.#watch = undefined;
    this.#worker = null;
    this.#isReady = false;
    for (const { reject } of this.#underWay.values())
      reject(new NotRendered('the rendering thread has ended'));
    this.#underWay.clear();
  }
}
