import ipaddr from 'ipaddr.js';

/** The part of IPv6 that is given out for the public internet: RFC 4291, section 2.4. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * True for an IP address of the public internet; false for private, loopback, link-local (with the metadata services of clouds), shared
 * (RFC 6598), multicast, documentation and reserved ones, and for IPv6 that stands for such an IPv4 address.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  // IPv4 that is mapped into IPv6 becomes IPv4.
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return !(address instanceof ipaddr.IPv6) || address.match(GLOBAL_IPV6);
}

/** The host of a URL as names are resolved: without the brackets of IPv6. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}
