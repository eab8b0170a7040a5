import { IncomingMessage } from 'node:http';

const ASKS = Symbol('asks to go on in another protocol');

/**
 * A request that Node.js takes for one to go on in another protocol only where that is WebSocket: what asks for any other, as curl does
 * for HTTP/2, is answered as if it had not asked, which a server may do (RFC 9110, section 7.8).
 */
export class WebSocketRequest extends IncomingMessage {
  [ASKS]?: boolean | null;

  get upgrade(): boolean | null {
    const { method, headers } = this;
    if (!this[ASKS] || method === 'CONNECT') return this[ASKS] ?? null;
    return headers.upgrade?.toLowerCase() === 'websocket';
  }

  set upgrade(asks: boolean | null) {
    this[ASKS] = asks;
  }
}
