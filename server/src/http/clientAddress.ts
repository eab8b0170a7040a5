import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';
import proxyAddr from 'proxy-addr';

/** Reads by which address a request's limits count. */
export type ClientAddress = (req: IncomingMessage) => string;

/** Bits of an IPv6 address that belong to one customer. */
const NETWORK_BYTES = 8;

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

/** The address by which limits know another: of IPv6 the one that its /64 begins with. */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address;
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.parse(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  if (parsed.isIPv4MappedAddress()) return parsed.toIPv4Address().toString();
  const network = parsed.toByteArray().fill(0, NETWORK_BYTES);
  return ipaddr.fromByteArray(network).toString();
}
