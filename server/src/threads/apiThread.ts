import type { Worker } from 'node:worker_threads';
import type { Logger } from '@pocketrocket/runtime';
import { Overloaded, type ApiAnswer, type ApiRequest } from '../api/apiPort.ts';
import type { LiveClient, LiveRequest, LiveSession } from '../api/livePort.ts';
import { Asked } from './asked.ts';
import { errorOf, replyOf } from './failures.ts';
import { LiveClients } from './liveLinks.ts';
import type { FromThread, ToThread } from './messages.ts';

/** As much of a worker as is needed of it. */
export type ThreadWorker = Pick<Worker, 'postMessage' | 'on' | 'terminate'>;

/** A request on its way through the threads. */
export interface Pending {
  request: ApiRequest;
  /** When it came, by `performance.now()`. */
  begunAt: number;
  /** False once nobody waits for the answer. */
  isWanted: () => boolean;
  resolve: (answer: ApiAnswer) => void;
  reject: (error: unknown) => void;
}

/** The pool as its threads see it. */
export interface ThreadEvents {
  /** There may be room for another request. */
  room(): void;
  /** A request has left this thread, answered or not, after so much work. */
  left(pending: Pending, workMs: number): void;
  /** A request is to be answered by another thread. */
  elsewhere(pending: Pending, thread: number): void;
  message(
    message: Extract<FromThread, { kind: 'query' | 'catalogue' | 'model' | 'changes' }>,
    from: ApiThread,
  ): void;
  /** Runs a service of the front. */
  serve(service: string, payload: unknown): unknown;
  /** It has ended. @param error why, where it was not told to */
  ended(thread: ApiThread, error: Error | null): void;
}

const ENDED = 'the part of the server that worked on this request has ended; try again in a moment';

/** One API thread as the front sees it: what it works on, and whether it lives. */
export class ApiThread {
  readonly number: number;
  readonly #worker: ThreadWorker;
  readonly #events: ThreadEvents;
  readonly #logger: Logger;
  readonly #inFlight = new Map<number, Pending>();
  /** Of those, the ones of which it has not said that they leave room. */
  readonly #unacknowledged = new Set<number>();
  readonly #asked = new Asked();
  readonly #live = new LiveClients();
  #nextId = 1;
  #state: 'starting' | 'ready' | 'ended' = 'starting';
  #error: Error | null = null;
  readonly #startedAt = performance.now();
  #heardAt = this.#startedAt;
  /** Resolves with the version of its model once it takes requests. */
  readonly ready: Promise<number | null>;
  readonly #exited: Promise<void>;
  #settleReady!: { resolve: (version: number | null) => void; reject: (error: Error) => void };

  constructor(number: number, worker: ThreadWorker, events: ThreadEvents, logger: Logger) {
    this.number = number;
    this.#worker = worker;
    this.#events = events;
    this.#logger = logger;
    this.ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }));
    // Whoever waits for it hears of its failure.
    this.ready.catch(() => undefined);
    worker.on('message', (message: FromThread) => this.#hear(message));
    worker.on('error', (error: Error) => (this.#error ??= error));
    this.#exited = new Promise((resolve) => {
      worker.on('exit', () => {
        this.#end();
        resolve();
      });
    });
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** Requests of which it has not said that they leave room. */
  get unacknowledged(): number {
    return this.#unacknowledged.size;
  }

  /** Milliseconds since it was started. */
  get ageMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** Milliseconds since it last said something. */
  get silentMs(): number {
    return this.#state === 'ready' ? performance.now() - this.#heardAt : 0;
  }

  send(pending: Pending): void {
    const id = this.#nextId++;
    this.#inFlight.set(id, pending);
    this.#unacknowledged.add(id);
    this.#post({ kind: 'request', id, request: pending.request });
  }

  /** Asks a service of the thread. */
  ask(service: string): Promise<unknown> {
    return this.#asked.ask((id) => this.#post({ kind: 'ask', id, service }));
  }

  /** Connections over which it answers subscriptions. */
  get numLive(): number {
    return this.#live.size;
  }

  /** Hands it a connection. */
  openLive(request: LiveRequest, client: LiveClient): LiveSession {
    return this.#live.open(request, client, (id, event) => {
      if (this.#state !== 'ended') this.#post({ kind: 'live', id, event });
    });
  }

  tell(message: Extract<ToThread, { kind: 'query' | 'catalogue' | 'model' | 'changes' | 'ping' }>): void {
    if (this.#state !== 'ended') this.#post(message);
  }

  /** Counts from now on how long it is silent. */
  forgiveSilence(): void {
    this.#heardAt = performance.now();
  }

  /** Ends it at once. */
  async kill(reason: string): Promise<void> {
    this.#error ??= new Error(reason);
    await this.#worker.terminate();
  }

  /** Lets it close what it has opened; ends it at once where that takes longer. */
  async stop(graceMs: number): Promise<void> {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#post({ kind: 'stop' });
    const timer = setTimeout(() => void this.#worker.terminate(), graceMs);
    await this.#exited;
    clearTimeout(timer);
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromThread): void {
    this.#heardAt = performance.now();
    switch (message.kind) {
      case 'answer':
        return this.#leave(message.id, message.workMs)?.resolve(message.answer);
      case 'failure':
        return this.#leave(message.id, message.workMs)?.reject(errorOf(message.failure));
      case 'elsewhere': {
        const pending = this.#leave(message.id, message.workMs);
        return pending && this.#events.elsewhere(pending, message.thread);
      }
      case 'begun':
        if (this.#unacknowledged.delete(message.id)) this.#events.room();
        return;
      case 'ready':
        if (this.#state !== 'starting') return;
        this.#state = 'ready';
        this.#settleReady.resolve(message.modelVersion);
        return this.#events.room();
      case 'failed':
        this.#error = errorOf(message.failure);
        return void this.#worker.terminate();
      case 'ask':
        return void this.#serve(message.id, message.service, message.payload);
      case 'reply':
        return this.#asked.settle(message.id, message.reply);
      case 'live':
        return this.#live.hear(message.id, message.event);
      case 'query':
      case 'catalogue':
      case 'model':
      case 'changes':
        return this.#events.message(message, this);
      case 'stopped':
        return void this.#worker.terminate();
      case 'pong':
        return;
    }
  }

  #leave(id: number, workMs: number): Pending | undefined {
    const pending = this.#inFlight.get(id);
    if (!pending) return undefined;
    this.#inFlight.delete(id);
    this.#unacknowledged.delete(id);
    this.#events.left(pending, workMs);
    return pending;
  }

  async #serve(id: number, service: string, payload: unknown): Promise<void> {
    this.#post({ kind: 'reply', id, reply: await replyOf(() => this.#events.serve(service, payload)) });
  }

  #end(): void {
    const wasTold = this.#state === 'ended';
    this.#state = 'ended';
    const error = this.#error ?? (wasTold ? null : new Error('it ended without saying why'));
    if (error && this.#inFlight.size > 0)
      this.#logger.error(
        { thread: this.number, requests: this.#inFlight.size },
        'requests lost with an API thread',
      );
    for (const [id, { begunAt }] of [...this.#inFlight])
      this.#leave(id, performance.now() - begunAt)?.reject(new Overloaded(ENDED));
    this.#asked.rejectAll(new Overloaded(ENDED));
    this.#live.end();
    this.#settleReady.reject(error ?? new Error('it was stopped'));
    this.#events.ended(this, error);
  }
}
