import type { Standing } from '../budgets/budgetGate.ts';
import type { ApiRequest } from './apiPort.ts';

/** A connection over which subscriptions are answered, as the front hands it on: nobody has looked into what came on it. */
export interface LiveRequest extends Pick<ApiRequest, 'requestId' | 'headers' | 'body' | 'address'> {
  transport: 'websocket' | 'events';
  /** The subprotocol that was agreed on; empty without one. */
  protocol: string;
}

/** The front's end of a connection. */
export interface LiveClient {
  /** Status and headers of the answer, before anything is sent; of event streams alone. */
  head(status: number, headers: readonly string[]): void;
  send(text: string): void;
  /** @param code as WebSocket has them; an event stream is ended, or cut where somebody is to come again */
  close(code: number, reason: string): void;
  /** The client's budget as it is now. */
  standing(standing: Standing): void;
}

/** The API's end of a connection. */
export interface LiveSession {
  /** A message of the client. */
  hear(text: string): void;
  /** The client has gone, or is sent away. */
  closed(code: number, reason: string): void;
}

/** The subscriptions of the API, in this thread or in others. */
export interface LivePort {
  /** Takes a connection; null where none can be taken just now. */
  open(request: LiveRequest, client: LiveClient): LiveSession | null;
}

/** Codes with which connections are closed besides those of graphql-transport-ws. */
export const CLOSE = {
  /** Done. */
  NORMAL: 1000,
  /** The server stops. */
  GOING_AWAY: 1001,
  UNSUPPORTED_DATA: 1003,
  /** Too much was sent. */
  POLICY: 1008,
  /** The thread has ended: to be opened again, on another one. */
  RESTART: 1012,
  TRY_LATER: 1013,
  /** The sign-in holds no more: to be opened again with another token. */
  FORBIDDEN: 4403,
  INTERNAL: 4500,
} as const;
