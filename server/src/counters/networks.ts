import ipaddr from 'ipaddr.js';

/** Groups of 16 bits that one customer has of IPv6, and one provider gives out. */
const HOUSEHOLD_GROUPS = 4;
const NETWORK_GROUPS = 3;

/** The address by which limits know another: IPv4 as it is, of IPv6 the one that its /64 begins with, as every customer has that many. */
export function addressKey(address: string): string {
  const groups = groupsOf(address);
  if (!groups) return withoutMapping(address);
  return new ipaddr.IPv6([...groups.slice(0, HOUSEHOLD_GROUPS), 0, 0, 0, 0]).toString();
}

/** An address that one household has: IPv4 as it is, of IPv6 the first 64 bits. */
export function householdOf(address: string): string {
  const groups = groupsOf(address);
  return groups ? `${textOf(groups.slice(0, HOUSEHOLD_GROUPS))}::/64` : withoutMapping(address);
}

/** The network around an address, as one provider gives it out: the first 24 bits of IPv4, 48 of IPv6. */
export function networkOf(address: string): string {
  const groups = groupsOf(address);
  if (groups) return `${textOf(groups.slice(0, NETWORK_GROUPS))}::/48`;
  return withoutMapping(address).replace(/\.\d+$/, '.0/24');
}

/** The eight groups of an IPv6 address; null for IPv4, also where it is mapped into IPv6, and for what is no address. */
function groupsOf(address: string): number[] | null {
  if (!address.includes(':') || !ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts : null;
}

/** IPv4 out of IPv6 that it is mapped into; all else as it is. */
function withoutMapping(address: string): string {
  if (!address.includes(':') || !ipaddr.isValid(address)) return address;
  return ipaddr.process(address).toString();
}

function textOf(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(':');
}
