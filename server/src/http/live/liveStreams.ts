import type { IncomingMessage, ServerResponse } from 'node:http';
import { Overloaded } from '../../api/apiPort.ts';
import { CLOSE, type LiveClient } from '../../api/livePort.ts';
import { flatHeaders } from '../flatHeaders.ts';
import type { Holding } from '../holdings.ts';
import type { RequestFacts } from '../graphqlEndpoint.ts';
import type { LiveShared } from './liveFront.ts';

/** Subscriptions as event streams: the answer to a request that goes on. */
export class LiveStreams {
  readonly #shared: LiveShared;
  readonly #open = new Set<ServerResponse>();

  constructor(shared: LiveShared) {
    this.#shared = shared;
  }

  /** Answers a request, whose body has arrived whole, until its subscription ends. @throws Overloaded */
  accept(facts: RequestFacts, req: IncomingMessage, res: ServerResponse, body: string | null): Promise<void> {
    const { room, port } = this.#shared;
    const { requestId, address, outcome } = facts;
    outcome.isLive = true;
    const leave = room.enter('events', address);
    const ended = new Promise<void>((resolve) => res.once('close', resolve));
    this.#open.add(res);
    const session = port.open(
      { ...{ requestId, address, body }, transport: 'events', protocol: '', headers: flatHeaders(req) },
      this.#clientOf(res, facts),
    );
    res.once('close', () => {
      leave();
      this.#open.delete(res);
      session?.closed(CLOSE.NORMAL, 'gone');
    });
    if (!session) throw new Overloaded();
    // It is quiet for as long as nothing changes.
    req.socket.setTimeout(0);
    return ended;
  }

  close(): void {
    for (const res of this.#open) res.end();
  }

  #clientOf(res: ServerResponse, { address }: RequestFacts): LiveClient {
    const { messages, limits, gate, room } = this.#shared;
    const { authorization } = res.req.headers;
    const drop = () => {
      room.countDropped('slow');
      res.destroy();
    };
    return {
      head(status, headers) {
        if (res.headersSent || res.destroyed) return;
        res.statusCode = status;
        for (let at = 0; at + 1 < headers.length; at += 2)
          res.setHeader(headers[at] ?? '', headers[at + 1] ?? '');
        res.flushHeaders();
      },
      send(text) {
        if (res.destroyed || res.writableEnded) return;
        const taken: { holding?: Holding } = {};
        res.write(text, () => taken.holding?.release());
        const unread = res.writableLength;
        if (unread === 0) return;
        if (unread > limits.unreadBytes) return drop();
        taken.holding = messages.hold(address, text.length, drop);
      },
      close(code) {
        // Where somebody is to come again, the stream is cut: an end would be the subscription's own.
        if (code === CLOSE.NORMAL) res.end();
        else res.destroy();
      },
      standing: (standing) => gate.learn(standing, authorization),
    };
  }
}
