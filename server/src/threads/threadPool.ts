import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '@pocketrocket/runtime';
import { Tally } from '../counters/tally.ts';
import { Overloaded, type ApiAnswer, type ApiPort, type ApiRequest } from '../api/apiPort.ts';
import type { LiveClient, LivePort, LiveRequest, LiveSession } from '../api/livePort.ts';
import { AddressUse } from './addressUse.ts';
import { ApiThread, type Pending, type ThreadEvents, type ThreadWorker } from './apiThread.ts';
import { FairQueue } from './fairQueue.ts';
import type { FromThread } from './messages.ts';

export interface ThreadPoolOptions {
  /** Number of threads. */
  size: number;
  /** Starts the thread of a number, from 1. */
  startWorker: (number: number) => ThreadWorker;
  /** A thread that says nothing for so many milliseconds is ended and started again. */
  silenceMs: number;
  /** Told of the catalogue and of the model that serve from now on. */
  onShared(message: Extract<FromThread, { kind: 'catalogue' | 'model' }>): void;
  /** Runs a service of the front. */
  serve(service: string, payload: unknown): unknown;
  logger: Logger;
}

/** Requests that a thread may have without having said that they leave room: one that it works on, others that wait next to it. */
const WINDOW = 2;
/** Milliseconds that a request under way counts as, until it is known how long it took. */
const RUNNING_MS = 10;
const PING_MS = 1_000;
const MAX_PAUSE_MS = 10_000;
/** A thread that lived so long starts its pauses anew. */
const PROVEN_MS = 30_000;
const STOP_GRACE_MS = 10_000;

/**
 * The API on threads of its own: hands each request to the one with the least to do, those of addresses that have used least first, and
 * keeps the last thread from those that use much, as long as others ask who use less. Replaces threads that crash or hang: requests in
 * flight on such a thread fail as overload does, and all others go on.
 */
export class ThreadPool implements ApiPort, LivePort {
  readonly #options: ThreadPoolOptions;
  readonly #threads = new Map<number, ApiThread>();
  readonly #use = new AddressUse();
  /** Requests in threads by address. */
  readonly #running = new Tally();
  readonly #queue = new FairQueue<Pending>(
    (address) => this.#use.of(address) + RUNNING_MS * this.#running.of(address),
  );
  readonly #pausesMs = new Map<number, number>();
  readonly #events: ThreadEvents;
  #timer: NodeJS.Timeout | undefined;
  #tickedAt = performance.now();
  #isStopping = false;

  constructor(options: ThreadPoolOptions) {
    this.#options = options;
    this.#events = {
      room: () => this.#dispatch(),
      left: ({ request: { address } }, workMs) => {
        this.#running.remove(address);
        this.#use.add(address, workMs);
        this.#dispatch();
      },
      elsewhere: (pending, number) => this.#passOn(pending, number),
      message: (message, from) => {
        if (message.kind === 'catalogue' || message.kind === 'model') options.onShared(message);
        for (const thread of this.#threads.values()) if (thread !== from) thread.tell(message);
      },
      serve: (service, payload) => options.serve(service, payload),
      ended: (thread, error) => this.#ended(thread, error),
    };
  }

  /**
   * Starts the threads: the first one alone, since it may have to bring the database up to date.
   * @returns the version of the first one's model
   * @throws what keeps the first one from starting
   */
  async start(): Promise<number | null> {
    const version = await this.#startThread(1).ready;
    for (let number = 2; number <= this.#options.size; number++) this.#startThread(number);
    this.#timer = setInterval(() => this.#tick(), PING_MS);
    this.#timer.unref();
    return version;
  }

  /** @param isWanted false once nobody waits for the answer */
  handle(request: ApiRequest, isWanted: () => boolean = () => true): Promise<ApiAnswer> {
    return new Promise((resolve, reject) => {
      const pending: Pending = { request, begunAt: performance.now(), isWanted, resolve, reject };
      this.#use.asks(request.address);
      // Whoever has nothing under way does not wait for those who have, unless for having had much.
      const isFirst = this.#running.of(request.address) === 0 && !this.#use.isMuch(request.address);
      const thread = isFirst ? this.#threadWithRoom(2 * WINDOW, request.address) : undefined;
      if (thread) return this.#send(thread, pending);
      this.#queue.push(request.address, pending);
      this.#dispatch();
    });
  }

  /** Hands a connection to the thread that has the fewest; it stays there. */
  open(request: LiveRequest, client: LiveClient): LiveSession | null {
    let best: ApiThread | null = null;
    for (const thread of this.#threads.values())
      if (thread.isReady && (!best || thread.numLive < best.numLive)) best = thread;
    return best && best.openLive(request, client);
  }

  /** True where some thread answers requests. */
  get isServing(): boolean {
    return [...this.#threads.values()].some(({ isReady }) => isReady);
  }

  /** Asks a service of every thread that is ready. @returns the answers of those that gave one in time */
  async askAll(service: string, withinMs: number): Promise<unknown[]> {
    const ready = [...this.#threads.values()].filter(({ isReady }) => isReady);
    const late = wait(withinMs, null, { ref: false });
    const answers = await Promise.allSettled(
      ready.map((thread) =>
        Promise.race([thread.ask(service), late.then(() => Promise.reject(new Overloaded()))]),
      ),
    );
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  }

  /** Ends all threads; what still waits fails. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#timer);
    for (const { reject } of this.#queue.drain()) reject(new Overloaded('the server is stopping'));
    await Promise.all([...this.#threads.values()].map((thread) => thread.stop(STOP_GRACE_MS)));
  }

  #startThread(number: number): ApiThread {
    const { startWorker, logger } = this.#options;
    const thread = new ApiThread(number, startWorker(number), this.#events, logger);
    this.#threads.set(number, thread);
    const startedAt = performance.now();
    void thread.ready.then(
      () =>
        logger.info({ thread: number, ms: Math.round(performance.now() - startedAt) }, 'API thread ready'),
      () => undefined,
    );
    return thread;
  }

  #ended(thread: ApiThread, error: Error | null): void {
    const { number } = thread;
    if (this.#threads.get(number) === thread) this.#threads.delete(number);
    // Before all have started, whoever starts them hears of it.
    if (this.#isStopping || error === null || this.#timer === undefined) return;
    const pauseMs =
      thread.ageMs > PROVEN_MS ? 0 : Math.min(MAX_PAUSE_MS, 2 * (this.#pausesMs.get(number) ?? 50));
    this.#pausesMs.set(number, Math.max(pauseMs, 50));
    this.#options.logger.error(
      { err: error, thread: number, pauseMs },
      'API thread ended; it is started again',
    );
    setTimeout(() => {
      if (!this.#isStopping) this.#startThread(number);
    }, pauseMs);
  }

  /**
   * The thread with room that has the least to do, of those that may serve an address: the last of several is kept for those who do not
   * use much.
   */
  #threadWithRoom(window: number, address: string): ApiThread | undefined {
    const ready = [...this.#threads.values()].filter(({ isReady }) => isReady);
    const last = Math.max(...ready.map(({ number }) => number));
    const isKept = ready.length > 1 && this.#use.isMuch(address);
    let best: ApiThread | undefined;
    for (const thread of ready) {
      if (thread.unacknowledged >= window || (isKept && thread.number === last)) continue;
      if (!best || isLess(thread, best)) best = thread;
    }
    return best;
  }

  #dispatch(): void {
    while (this.#queue.length > 0 && this.#hasRoom()) {
      // Looked for once: between two looks an address may come to use much, and what was taken out would be lost.
      const found: { thread?: ApiThread } = {};
      const pending = this.#queue.shift((address) => {
        found.thread = this.#threadWithRoom(WINDOW, address);
        return found.thread !== undefined;
      });
      if (!pending || !found.thread) return;
      this.#send(found.thread, pending);
    }
  }

  #hasRoom(): boolean {
    for (const { isReady, unacknowledged } of this.#threads.values())
      if (isReady && unacknowledged < WINDOW) return true;
    return false;
  }

  #send(thread: ApiThread, pending: Pending): void {
    const { request, begunAt, isWanted } = pending;
    const timeoutMs = request.timeoutMs - (performance.now() - begunAt);
    if (timeoutMs <= 0 || !isWanted())
      return pending.reject(new Overloaded('nobody waits for this any more'));
    this.#running.add(request.address);
    thread.send({ ...pending, begunAt: performance.now(), request: { ...request, timeoutMs } });
  }

  /** Gives a request to the thread that keeps its list; to any other, to be answered for good, where that one is gone. */
  #passOn(pending: Pending, number: number): void {
    const passedOn: Pending = { ...pending, request: { ...pending.request, isPassedOn: true } };
    const keeper = this.#threads.get(number);
    if (keeper?.isReady) this.#send(keeper, passedOn);
    else {
      this.#queue.push(pending.request.address, passedOn);
      this.#dispatch();
    }
  }

  #tick(): void {
    const now = performance.now();
    // The whole process has slept: its threads could not speak.
    const hasSlept = now - this.#tickedAt > 5 * PING_MS;
    this.#tickedAt = now;
    for (const thread of this.#threads.values()) {
      if (hasSlept) thread.forgiveSilence();
      if (thread.silentMs > this.#options.silenceMs)
        void thread.kill(`it said nothing for ${Math.round(thread.silentMs)} ms`);
      else thread.tell({ kind: 'ping' });
    }
  }
}

function isLess(one: ApiThread, other: ApiThread): boolean {
  return one.unacknowledged === other.unacknowledged
    ? one.inFlight < other.inFlight
    : one.unacknowledged < other.unacknowledged;
}
