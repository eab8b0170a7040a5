import type { IncomingMessage } from 'node:http';
import { expect, it } from '@jest/globals';
import { addressKey } from '../counters/networks.ts';
import { clientAddressOf } from './clientAddress.ts';

function from(remoteAddress: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress }, connection: { remoteAddress }, headers } as unknown as IncomingMessage;
}

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::1', '::'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['2001:db8:1:2:ffff::9', '2001:db8:1:2::'],
  ['fe80::1%eth0', 'fe80::'],
  ['', ''],
])('counts %s as %s', (address, key) => {
  expect(addressKey(address)).toBe(key);
});

it('believes no header of a stranger', () => {
  const addressOf = clientAddressOf([]);
  expect(addressOf(from('192.0.2.7', '198.51.100.1'))).toBe('192.0.2.7');
  const behindProxy = clientAddressOf(['10.0.0.0/8']);
  expect(behindProxy(from('192.0.2.7', '198.51.100.1'))).toBe('192.0.2.7');
});

it('believes trusted proxies, as far as their chain reaches', () => {
  const addressOf = clientAddressOf(['10.0.0.0/8', 'loopback']);
  expect(addressOf(from('127.0.0.1', '203.0.113.9, 198.51.100.1, 10.1.2.3'))).toBe('198.51.100.1');
  expect(addressOf(from('::ffff:10.0.0.9', '2001:db8:1:2:3:4:5:6'))).toBe('2001:db8:1:2::');
  expect(addressOf(from('10.0.0.9'))).toBe('10.0.0.9');
});
