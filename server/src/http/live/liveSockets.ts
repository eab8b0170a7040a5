import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE, type LiveClient, type LiveSession } from '../../api/livePort.ts';
import type { Holding } from '../holdings.ts';
import { flatHeaders } from '../flatHeaders.ts';
import type { RequestFacts } from '../graphqlEndpoint.ts';
import type { LiveShared } from './liveFront.ts';
import { MESSAGES } from './liveLimits.ts';
import type { DropReason } from './liveRoom.ts';
import { MessageRate } from './messageRate.ts';

/** The protocol that graphql-ws speaks, whose constant would bring all of GraphQL into this thread. */
const PROTOCOL = 'graphql-transport-ws';

/** Connections are asked whether they are there in so many parts, one after the other. */
const PARTS = 30;

/** A client that has not answered a close by then is cut. */
const CLOSING_MS = 2_000;

interface Socket {
  websocket: WebSocket;
  facts: RequestFacts;
  authorization: string | undefined;
  rate: MessageRate;
  part: number;
  /** False from a heartbeat on until it is answered. */
  isThere: boolean;
}

/** Subscriptions over WebSockets. */
export class LiveSockets {
  readonly #shared: LiveShared;
  readonly #server: WebSocketServer;
  readonly #open = new Set<Socket>();
  readonly #timer: NodeJS.Timeout;
  #part = 0;
  #nextPart = 0;

  constructor(shared: LiveShared) {
    this.#shared = shared;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      maxPayload: shared.limits.messageBytes,
      // Another protocol is agreed to as none, which graphql-ws closes with a code that says so.
      handleProtocols: (offered) => offered.has(PROTOCOL) && PROTOCOL,
      perMessageDeflate: false,
    });
    this.#timer = setInterval(() => this.#beat(), shared.limits.heartbeatMs / PARTS).unref();
  }

  /** Takes over a connection that asks for it. */
  accept(facts: RequestFacts, req: IncomingMessage, socket: Duplex, head: Buffer): void {
    const leave = this.#shared.room.enter('websocket', facts.address);
    socket.once('close', leave);
    this.#server.handleUpgrade(req, socket, head, (websocket) => this.#opened(websocket, facts, req));
  }

  close(): void {
    clearInterval(this.#timer);
    for (const { websocket } of this.#open)
      closeSocket(websocket, CLOSE.GOING_AWAY, 'The server is stopping');
    this.#server.close();
  }

  #opened(websocket: WebSocket, facts: RequestFacts, req: IncomingMessage): void {
    const { port, logger } = this.#shared;
    const { authorization } = req.headers;
    const part = this.#nextPart++ % PARTS;
    const socket: Socket = {
      ...{ websocket, facts, authorization, part },
      rate: new MessageRate(MESSAGES),
      isThere: true,
    };
    // What is wrong with a frame ends the connection with a code; the log need not hear of it.
    websocket.on('error', () => undefined);
    const { requestId, address } = facts;
    const session = port.open(
      {
        ...{ requestId, address, transport: 'websocket' },
        protocol: websocket.protocol,
        headers: flatHeaders(req),
        body: null,
      },
      this.#clientOf(socket),
    );
    if (!session) return closeSocket(websocket, CLOSE.TRY_LATER, 'Try again later');
    this.#open.add(socket);
    websocket.on('pong', () => (socket.isThere = true));
    websocket.on('message', (data: Buffer, isBinary) => this.#hear(socket, session, data, isBinary));
    websocket.on('close', (code, reason) => {
      this.#open.delete(socket);
      session.closed(code, reason.toString());
      logger.debug({ requestId, code }, 'live connection ended');
    });
  }

  #hear(socket: Socket, session: LiveSession, data: Buffer, isBinary: boolean): void {
    const { websocket, rate, facts } = socket;
    if (websocket.readyState !== websocket.OPEN) return;
    if (isBinary) return closeSocket(websocket, CLOSE.UNSUPPORTED_DATA, 'Messages are texts');
    if (!rate.take() || !this.#shared.room.takesMessage(facts.address)) {
      this.#shared.room.countDropped('flood');
      return closeSocket(websocket, CLOSE.POLICY, 'Too many messages');
    }
    session.hear(data.toString());
  }

  #clientOf(socket: Socket): LiveClient {
    const { websocket, facts, authorization } = socket;
    const { messages, limits, gate } = this.#shared;
    return {
      head: () => undefined,
      send: (text) => {
        if (websocket.readyState !== websocket.OPEN) return;
        const taken: { holding?: Holding } = {};
        websocket.send(text, () => taken.holding?.release());
        const unread = websocket.bufferedAmount;
        if (unread === 0) return;
        if (unread > limits.unreadBytes) return this.#drop(socket, 'slow');
        taken.holding = messages.hold(facts.address, text.length, () => this.#drop(socket, 'slow'));
      },
      close: (code, reason) => closeSocket(websocket, code, reason),
      standing: (standing) => gate.learn(standing, authorization),
    };
  }

  #drop({ websocket }: Socket, reason: DropReason): void {
    this.#shared.room.countDropped(reason);
    websocket.terminate();
  }

  #beat(): void {
    const part = this.#part++ % PARTS;
    for (const socket of this.#open) {
      if (socket.part !== part) continue;
      if (!socket.isThere) this.#drop(socket, 'silent');
      else {
        socket.isThere = false;
        socket.websocket.ping();
      }
    }
  }
}

/** Bytes of a reason in a close frame (RFC 6455, section 5.5); the library throws for more. */
const MAX_REASON_BYTES = 123;

function closeSocket(websocket: WebSocket, code: number, reason: string): void {
  // As a stream: a character that is cut in two is left out.
  const bytes = Buffer.from(reason).subarray(0, MAX_REASON_BYTES);
  websocket.close(code, new TextDecoder().decode(bytes, { stream: true }));
  setTimeout(() => websocket.terminate(), CLOSING_MS).unref();
}
