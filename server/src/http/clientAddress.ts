import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';
import { addressKey } from '../counters/networks.ts';

/** Reads by which address a request's limits count. */
export type ClientAddress = (req: IncomingMessage) => string;

/**
 * The address of whoever sent a request: the connection's, or behind trusted proxies the last one in `X-Forwarded-For` that is none of
 * theirs. IPv6 counts by /64, since every customer has that many.
 * @param trustedProxies addresses and CIDR ranges
 */
export function clientAddressOf(trustedProxies: readonly string[]): ClientAddress {
  if (trustedProxies.length === 0) return ({ socket }) => addressKey(socket.remoteAddress ?? '');
  const isTrusted = proxyAddr.compile([...trustedProxies]);
  return (req) => addressKey(proxyAddr(req, isTrusted));
}
