import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '@pocketrocket/runtime';
import type { SharedState } from '../model/sharedModels.ts';
import { Tally } from '../counters/tally.ts';
import { Overloaded, type ApiAnswer, type ApiPort, type ApiRequest } from '../api/apiPort.ts';
import { ApiThread, type Pending, type ThreadEvents, type ThreadWorker } from './apiThread.ts';
import { FairQueue } from './fairQueue.ts';

export interface ThreadPoolOptions {
  /** Number of threads. */
  size: number;
  /** Starts the thread of a number, from 1. */
  startWorker: (number: number) => ThreadWorker;
  /** A thread that says nothing for so many milliseconds is ended and started again. */
  silenceMs: number;
  /** Told of the model that serves from now on. */
  onModel(state: SharedState): void;
  /** Runs a service of the front. */
  serve(service: string, payload: unknown): unknown;
  logger: Logger;
}

/** Requests that a thread may have without having said that they leave room: one that it works on, others that wait next to it. */
const WINDOW = 2;
const PING_MS = 1_000;
const MAX_PAUSE_MS = 10_000;
/** A thread that lived so long starts its pauses anew. */
const PROVEN_MS = 30_000;
const STOP_GRACE_MS = 10_000;

/**
 * The API on threads of its own: hands each request to the one with the least to do, addresses in turn, and replaces threads that crash or
 * hang. Requests in flight on such a thread fail as overload does, and all others go on.
 */
export class ThreadPool implements ApiPort {
  readonly #options: ThreadPoolOptions;
  readonly #threads = new Map<number, ApiThread>();
  readonly #queue = new FairQueue<Pending>();
  /** Requests in threads by address. */
  readonly #running = new Tally();
  readonly #pausesMs = new Map<number, number>();
  readonly #events: ThreadEvents;
  #timer: NodeJS.Timeout | undefined;
  #tickedAt = performance.now();
  #isStopping = false;

  constructor(options: ThreadPoolOptions) {
    this.#options = options;
    this.#events = {
      room: () => this.#dispatch(),
      left: ({ request: { address } }) => {
        this.#running.remove(address);
        this.#dispatch();
      },
      elsewhere: (pending, number) => this.#passOn(pending, number),
      message: (message, from) => {
        if (message.kind === 'model') options.onModel(message.state);
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
      // Whoever has nothing under way does not wait for those who have.
      const isFirst = this.#running.of(request.address) === 0;
      const thread = this.#threadWithRoom(isFirst ? 2 * WINDOW : WINDOW);
      if (thread && (isFirst || this.#queue.length === 0)) this.#send(thread, pending);
      else this.#queue.push(request.address, pending);
    });
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

  #threadWithRoom(window: number): ApiThread | undefined {
    let best: ApiThread | undefined;
    for (const thread of this.#threads.values()) {
      if (!thread.isReady || thread.unacknowledged >= window) continue;
      if (!best || isLess(thread, best)) best = thread;
    }
    return best;
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const thread = this.#threadWithRoom(WINDOW);
      if (!thread) return;
      const pending = this.#queue.shift();
      if (pending) this.#send(thread, pending);
    }
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
