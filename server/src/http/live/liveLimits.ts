import type { HoldingLimits } from '../holdings.ts';

/** Bounds of connections over which subscriptions are answered. */
export interface LiveLimits {
  /** In all, and by address. */
  connections: number;
  connectionsByAddress: number;
  /** Messages that clients have not taken yet. */
  messages: HoldingLimits;
  /** The same of one connection, in bytes. */
  unreadBytes: number;
  /** Bytes of a message from a client. */
  messageBytes: number;
  /** A WebSocket is asked whether it is there so often, and cut where it has not said so by the next time. */
  heartbeatMs: number;
}

const MEGABYTE = 1024 * 1024;

/** The bounds for so many connections. */
export function liveLimits(connections: number, connectionsByAddress: number): LiveLimits {
  return {
    connections,
    connectionsByAddress,
    messages: {
      number: 2 * connections + 1,
      bytes: 64 * MEGABYTE,
      numberByAddress: 2 * connectionsByAddress + 1,
      bytesByAddress: 16 * MEGABYTE,
      quietMs: 10_000,
    },
    unreadBytes: MEGABYTE,
    messageBytes: 200 * 1024,
    heartbeatMs: 30_000,
  };
}

/** Messages that a client may send at once, and a second in the long run: a subscription takes two. */
export const MESSAGES = { burst: 100, perSecond: 10 };
/** The same of an address, for each connection that it may have. */
export const MESSAGES_PER_CONNECTION = { burst: 4, perSecond: 0.5 };
