import type { MessagePort } from 'node:worker_threads';
import type { ApolloApi } from '../api/apolloApi.ts';
import type { ApiRequest } from '../api/apiPort.ts';
import type { LivePort } from '../api/livePort.ts';
import { startWorkMeter } from '../timing/workMeter.ts';
import { Asked } from './asked.ts';
import { failureOf, replyOf } from './failures.ts';
import { LiveSessions } from './liveLinks.ts';
import type { FromThread, PersistedQuery, ToThread } from './messages.ts';
import { RoomKeeper } from './roomKeeper.ts';

/** The parts of an API thread that the front talks to. */
export interface ThreadParts {
  api: ApolloApi;
  live: LivePort;
  /** By name; each answers what the front asks. */
  services: Readonly<Record<string, () => unknown>>;
  takeQuery(query: PersistedQuery): void;
  /** Hears of changes in other threads. */
  hearChanges(userIds: readonly number[]): void;
  close(): Promise<void>;
}

/** The messages by which one thread tells the others what it has read for all. */
export type SharedMessage = Extract<ToThread, { kind: 'catalogue' | 'model' }>;

/** The front as an API thread sees it. */
export class FrontLink {
  readonly #port: MessagePort;
  readonly #asked = new Asked();
  readonly #rooms = new RoomKeeper((id) => this.post({ kind: 'begun', id }));
  readonly #live = new LiveSessions((id, event) => this.post({ kind: 'live', id, event }));
  readonly #onShared: (message: SharedMessage) => void;
  #parts: ThreadParts | null = null;

  /** @param onShared told of the catalogue and of the model that serve from now on */
  constructor(port: MessagePort, onShared: (message: SharedMessage) => void) {
    this.#port = port;
    this.#onShared = onShared;
    port.on('message', (message: ToThread) => this.#hear(message));
  }

  post(message: FromThread, transferred: ArrayBuffer[] = []): void {
    this.#port.postMessage(message, transferred);
  }

  /** Asks a service of the front. */
  ask(service: string, payload: unknown): Promise<unknown> {
    return this.#asked.ask((id) => this.post({ kind: 'ask', id, service, payload }));
  }

  /** Takes requests from now on. */
  serve(parts: ThreadParts, modelVersion: number | null): void {
    this.#parts = parts;
    this.post({ kind: 'ready', modelVersion });
  }

  #hear(message: ToThread): void {
    switch (message.kind) {
      case 'request':
        return void this.#answer(message.id, message.request);
      case 'ping':
        return this.post({ kind: 'pong' });
      case 'ask':
        return void this.#serve(message.id, message.service);
      case 'reply':
        return this.#asked.settle(message.id, message.reply);
      case 'live':
        if (this.#parts) this.#live.hear(this.#parts.live, message.id, message.event);
        return;
      case 'changes':
        return this.#parts?.hearChanges(message.userIds);
      case 'query':
        return this.#parts?.takeQuery(message.query);
      case 'catalogue':
      case 'model':
        return this.#onShared(message);
      case 'stop':
        return void this.#stop();
    }
  }

  async #answer(id: number, request: ApiRequest): Promise<void> {
    this.#rooms.begin(id);
    const work = startWorkMeter();
    try {
      if (!this.#parts) throw new Error('a request came before this thread was ready');
      const outcome = await this.#parts.api.answer(request, work);
      const workMs = work.workMs();
      if ('elsewhere' in outcome) this.post({ kind: 'elsewhere', id, workMs, thread: outcome.elsewhere });
      else this.post({ kind: 'answer', id, workMs, answer: outcome }, [outcome.body.buffer as ArrayBuffer]);
    } catch (error) {
      this.post({ kind: 'failure', id, workMs: work.workMs(), failure: failureOf(error) });
    } finally {
      work.stop();
      this.#rooms.end(id);
    }
  }

  async #serve(id: number, service: string): Promise<void> {
    const reply = await replyOf(() => {
      const work = this.#parts?.services[service];
      if (!work) throw new Error(`this thread has no service ${service}`);
      return work();
    });
    this.post({ kind: 'reply', id, reply });
  }

  async #stop(): Promise<void> {
    await this.#parts?.close();
    this.post({ kind: 'stopped' });
  }
}
