import {
  CLOSE,
  type LiveClient,
  type LivePort,
  type LiveRequest,
  type LiveSession,
} from '../api/livePort.ts';
import type { LiveFromThread, LiveToThread } from './messages.ts';

/** The connections that one thread answers, as the front sees them. */
export class LiveClients {
  readonly #clients = new Map<number, LiveClient>();
  #nextId = 1;

  get size(): number {
    return this.#clients.size;
  }

  open(
    request: LiveRequest,
    client: LiveClient,
    post: (id: number, event: LiveToThread) => void,
  ): LiveSession {
    const id = this.#nextId++;
    this.#clients.set(id, client);
    post(id, { type: 'open', request });
    return {
      hear: (text) => post(id, { type: 'text', text }),
      closed: (code, reason) => {
        if (this.#clients.delete(id)) post(id, { type: 'closed', code, reason });
      },
    };
  }

  hear(id: number, event: LiveFromThread): void {
    const client = this.#clients.get(id);
    switch (event.type) {
      case 'head':
        return client?.head(event.status, event.headers);
      case 'text':
        return client?.send(event.text);
      case 'close':
        return client?.close(event.code, event.reason);
      case 'standing':
        return client?.standing(event.standing);
    }
  }

  /** The thread has ended: whoever comes again gets another one. */
  end(): void {
    const clients = [...this.#clients.values()];
    this.#clients.clear();
    for (const client of clients) client.close(CLOSE.RESTART, 'Service restart');
  }
}

/** The same connections, as their thread sees them. */
export class LiveSessions {
  readonly #sessions = new Map<number, LiveSession>();
  readonly #post: (id: number, event: LiveFromThread) => void;

  constructor(post: (id: number, event: LiveFromThread) => void) {
    this.#post = post;
  }

  hear(port: LivePort, id: number, event: LiveToThread): void {
    switch (event.type) {
      case 'open': {
        const session = port.open(event.request, this.#clientOf(id));
        if (session) this.#sessions.set(id, session);
        return;
      }
      case 'text':
        return this.#sessions.get(id)?.hear(event.text);
      case 'closed':
        this.#sessions.get(id)?.closed(event.code, event.reason);
        this.#sessions.delete(id);
    }
  }

  #clientOf(id: number): LiveClient {
    return {
      head: (status, headers) => this.#post(id, { type: 'head', status, headers }),
      send: (text) => this.#post(id, { type: 'text', text }),
      close: (code, reason) => this.#post(id, { type: 'close', code, reason }),
      standing: (standing) => this.#post(id, { type: 'standing', standing }),
    };
  }
}
