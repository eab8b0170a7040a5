import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { postGraphql, startHttp, type HttpHarness } from './test/httpHarness.ts';

const schema = buildSchema('type Query { hello: String }');

let portalDir: string;
let http: HttpHarness | undefined;
beforeAll(async () => {
  portalDir = await mkdtemp(join(tmpdir(), 'portal-'));
  for (const page of ['index.html', 'playground.html']) await writeFile(join(portalDir, page), '<p>');
});
afterEach(async () => {
  await http?.stop();
  http = undefined;
});
afterAll(() => rm(portalDir, { recursive: true }));

const start = async (security: NonNullable<Parameters<typeof startHttp>[0]['security']> = {}) =>
  (http = await startHttp({ schema, portalDir, security }));

/** The policy of a page by its directives. */
function policyOf({ headers }: Response): Record<string, string> {
  const policy = headers.get('content-security-policy') ?? '';
  return Object.fromEntries(policy.split(';').map((one) => one.split(/ (.*)/s) as [string, string]));
}

describe('security headers', () => {
  const html = { headers: { accept: 'text/html' } };

  it('keep every answer out of frames, and its addresses and features to itself', async () => {
    const { url } = await start();
    const answers = await Promise.all([
      fetch(`${url}/`, html),
      fetch(`${url}/graphql`, html),
      fetch(`${url}/none.js`),
      fetch(`${url}/config.js`),
      fetch(`${url}/healthz`),
      fetch(`${url}/readyz`),
      postGraphql(url, { query: '{ hello }' }),
      fetch(`${url}/graphql`, { method: 'POST', body: '{' }),
    ]);
    for (const answer of answers) {
      const { 'permissions-policy': permissions, ...headers } = Object.fromEntries(answer.headers);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'origin-agent-cluster': '?1',
        'x-permitted-cross-domain-policies': 'none',
        'x-dns-prefetch-control': 'off',
      });
      expect(permissions).toMatch(/camera=\(\), .*geolocation=\(\), .*microphone=\(\)/);
      expect(headers['strict-transport-security']).toBeUndefined();
      expect(policyOf(answer)).toMatchObject({
        'default-src': "'none'",
        'base-uri': "'none'",
        'frame-ancestors': "'none'",
      });
    }
  });

  it('let the portal load its own files, and posters from where they are said to be', async () => {
    const { url } = await start({ imageOrigins: ['https://images.example'] });
    for (const path of ['/', '/user/1', '/index.html'])
      expect(policyOf(await fetch(url + path, html))).toEqual({
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': "'self'",
        'font-src': "'self' data:",
        'img-src': "'self' data: https://images.example",
        'connect-src': "'self'",
        'manifest-src': "'self'",
        'worker-src': "'self'",
        'base-uri': "'none'",
        'form-action': "'self'",
        'frame-ancestors': "'none'",
      });
  });

  it('are few for what pages load, which others may not embed nor browsers take for something else', async () => {
    const { url } = await start();
    const answer = await fetch(`${url}/assets/none.js`);
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(policyOf(answer)).toMatchObject({ 'default-src': "'self'", 'frame-ancestors': "'none'" });
    expect(headers).not.toHaveProperty('permissions-policy');
  });

  it('let no script in line run in the playground either', async () => {
    const { url } = await start();
    for (const path of ['/graphql', '/playground', '/playground.html']) {
      const policy = policyOf(await fetch(url + path, html));
      expect(policy['script-src']).toBe("'self'");
      expect(policy['worker-src']).toBe("'self'");
      expect(policy['style-src']).toBe("'self' 'unsafe-inline'");
    }
  });

  it('let data load nothing', async () => {
    const { url } = await start();
    expect(policyOf(await postGraphql(url, { query: '{ hello }' }))).toEqual({
      'default-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
  });

  it('keep browsers to HTTPS where that is the public URL', async () => {
    const { url } = await start({ publicUrl: 'https://movies.example' });
    const answer = await fetch(`${url}/`, html);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect(policyOf(answer)).toHaveProperty('upgrade-insecure-requests');
    await http?.stop();
    const plain = await start({ publicUrl: 'http://movies.example' });
    expect((await fetch(`${plain.url}/`, html)).headers.get('strict-transport-security')).toBeNull();
  });
});

describe('the Host header', () => {
  /** The status of a request by a host name, which `fetch` does not let one choose. */
  const statusFor = (url: string, host: string, path = '/graphql') =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(url + path, { headers: { host, accept: 'text/html' } }, (res) => {
        res.resume();
        resolve(res.statusCode);
      });
      asked.on('error', reject).end();
    });

  it('names a loopback server by localhost or an IP address, not by a name that was made to lead here', async () => {
    const { url } = await start();
    for (const host of ['localhost:4000', 'LOCALHOST', 'app.localhost', '127.0.0.1', '[::1]:80', '192.0.2.7'])
      expect([host, await statusFor(url, host)]).toEqual([host, 200]);
    for (const host of [
      'rebound.example',
      'localhost.rebound.example',
      'x@localhost',
      '127.0.0.1.nip.io',
      'a b',
    ])
      expect([host, await statusFor(url, host)]).toEqual([host, 421]);
    expect(await statusFor(url, 'rebound.example', '/')).toBe(421);
    expect(http?.logged().filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('may be anything for probes', async () => {
    const { url } = await start({ publicUrl: 'https://movies.example' });
    for (const path of ['/healthz', '/readyz']) expect(await statusFor(url, 'pod-7', path)).toBe(200);
  });

  it('is that of the public URL, or another allowed one', async () => {
    const { url } = await start({
      host: '0.0.0.0',
      publicUrl: 'https://movies.example',
      allowedHosts: ['server'],
    });
    for (const host of [
      'movies.example',
      'Movies.Example:443',
      'movies.example.',
      'server:4000',
      '10.0.0.3:4000',
    ])
      expect([host, await statusFor(url, host)]).toEqual([host, 200]);
    expect(await statusFor(url, 'other.example')).toBe(421);
  });

  it('may be anything where other machines reach the server and no public URL is set, with a warning', async () => {
    const { url } = await start({ host: '0.0.0.0' });
    expect(await statusFor(url, 'server:4000')).toBe(200);
    expect(http?.logged().map(({ event }) => event)).toContain('any Host header is accepted: set PUBLIC_URL');
  });
});
