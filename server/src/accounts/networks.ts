import { isIPv6 } from 'node:net';

/** An address that one household has: IPv4 as it is, of IPv6 the first 64 bits. */
export function householdOf(address: string): string {
  const groups = groupsOf(address);
  return groups ? `${groups.slice(0, 4).join(':')}::/64` : withoutMapping(address);
}

/** The network around an address, as one provider gives it out: the first 24 bits of IPv4, 48 of IPv6. */
export function networkOf(address: string): string {
  const groups = groupsOf(address);
  if (groups) return `${groups.slice(0, 3).join(':')}::/48`;
  return withoutMapping(address).replace(/\.\d+$/, '.0/24');
}

/** The eight groups of an IPv6 address; null for IPv4, also where it is mapped into IPv6. */
function groupsOf(address: string): string[] | null {
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare) || bare !== withoutMapping(bare)) return null;
  // The URL parser writes every address in one form.
  const [head = '', tail] = new URL(`http://[${bare}]`).hostname.slice(1, -1).split('::');
  const first = head.split(':').filter(Boolean);
  const last = (tail ?? '').split(':').filter(Boolean);
  return [...first, ...Array<string>(8 - first.length - last.length).fill('0'), ...last];
}

function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
