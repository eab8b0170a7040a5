import { describe, expect, it } from '@jest/globals';
import { hostOf, isPublicAddress } from './publicAddress.ts';
import { checkWebhookAddress, type WebhookRules } from './webhookAddress.ts';

const FORBIDDEN = [
  '127.0.0.1',
  '127.255.0.9',
  '0.0.0.0',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '100.127.255.254',
  '192.0.0.8',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '64:ff9b::7f00:1',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2002:a00:1::1',
  '2001:0:4136:e378:8000:63bf:3fff:fdd2',
  '2001:db8::1',
  '100::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'localhost',
  '',
  '1.2.3.4.5',
];
const PUBLIC = ['1.1.1.1', '93.184.215.14', '::ffff:1.1.1.1', '2606:4700:4700::1111', '2a00:1450:4001::200e'];

describe('addresses of the public internet', () => {
  it.each(FORBIDDEN)('%p is none', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(PUBLIC)('%p is one', (address) => expect(isPublicAddress(address)).toBe(true));
});

describe('the address of a webhook', () => {
  const rules: WebhookRules = { allowsHttp: false, allowedHosts: [] };
  const refusal = async (url: string, more: Partial<WebhookRules> = {}) =>
    checkWebhookAddress(url, { ...rules, ...more }).then(
      () => null,
      ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
    );

  it.each([
    ['http://1.1.1.1/', /must begin with https/],
    ['ftp://1.1.1.1/', /must begin with https/],
    ['file:///etc/passwd', /must begin with https/],
    ['no address', /must be an address/],
    [`https://1.1.1.1/${'x'.repeat(1_000)}`, /up to 1000 characters/],
    [`https://1.1.1.1/${'ä'.repeat(300)}`, /once it is escaped/],
    ['https://ann:secret@1.1.1.1/', /user or a password/],
    ['https://127.0.0.1/', /127\.0\.0\.1, which is not/],
    // As URLs may write the same.
    ['https://2130706433/', /127\.0\.0\.1, which is not/],
    ['https://0x7f.1/', /127\.0\.0\.1, which is not/],
    ['https://[::ffff:7f00:1]/', /which is not/],
    ['https://localhost/', /which is not/],
    ['https://localhost./', /which is not|cannot be found/],
    ['https://nobody.invalid/', /cannot be found/],
  ])('%s is refused', async (url, reason) => {
    const told = await refusal(url);
    expect(told).toMatch(/^BAD_USER_INPUT: url /);
    expect(told).toMatch(reason);
  });

  it('is taken where it is public, or the operator has named its host', async () => {
    expect(await checkWebhookAddress('https://1.1.1.1/hook?a=b#c', rules)).toBe('https://1.1.1.1/hook?a=b');
    expect(hostOf(new URL('https://[2606:4700::1]:8443/'))).toBe('2606:4700::1');
    const named = { allowsHttp: true, allowedHosts: ['hooks.internal', '127.0.0.1'] };
    expect(await checkWebhookAddress('http://HOOKS.internal:99/', named)).toBe('http://hooks.internal:99/');
    expect(await refusal('http://127.0.0.2/', named)).toMatch(/127\.0\.0\.2, which is not/);
  });
});
