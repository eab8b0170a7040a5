import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '@pocketrocket/testing';
import type { Agent } from 'undici';
import { deliver } from './deliver.ts';
import { isSignedBy, signatureOf } from './signature.ts';
import { createWebhookAgent } from './webhookAgent.ts';

const SECRET = 'whsec_test';
const DELIVERY = {
  deliveryId: 'd1',
  event: 'user.deleted' as const,
  createdAtSeconds: 1_700_000_000,
  data: { userId: 7 },
};

let server: Server;
let answer: RequestListener;
let seen: { headers: IncomingMessage['headers']; body: string }[];
let port: number;
const agents: Agent[] = [];

beforeEach(async () => {
  seen = [];
  answer = (_, res) => res.end('thanks');
  server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      seen.push({ headers: req.headers, body });
      answer(req, res);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const post = (url: string, allowedHosts: string[], resolve?: LookupFunction) => {
  const agent = createWebhookAgent({ allowsHttp: true, allowedHosts }, resolve);
  agents.push(agent);
  const options = { dispatcher: agent, signal: new AbortController().signal, nowSeconds: 1_700_000_005 };
  return deliver({ url, secret: SECRET }, DELIVERY, options);
};
const local = () => post(`http://127.0.0.1:${port}/hook`, ['127.0.0.1']);

/** Answers a name with one address after the other. */
const namesAs =
  (...addresses: string[]): LookupFunction =>
  (_host, _options, found) =>
    found(null, [
      { address: addresses.length > 1 ? (addresses.shift() ?? '') : (addresses[0] ?? ''), family: 4 },
    ]);

describe('a delivery', () => {
  it('is signed, with its time and everything that a receiver needs', async () => {
    expect(await local()).toEqual({ status: 200, problem: null });
    const [{ headers, body } = { headers: {}, body: '' }] = seen;
    expect(JSON.parse(body)).toEqual({
      deliveryId: 'd1',
      event: 'user.deleted',
      createdAt: '2023-11-14T22:13:20.000Z',
      data: { userId: 7 },
    });
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'pocketrocket-event': 'user.deleted',
      'pocketrocket-delivery': 'd1',
    });
    const signature = String(headers['pocketrocket-signature']);
    const at = (nowSeconds: number) => isSignedBy(SECRET, body, signature, { nowSeconds });
    expect(at(1_700_000_100)).toBe(true);
    expect(at(1_700_000_500)).toBe(false);
    expect(at(1_699_999_000)).toBe(false);
    expect(isSignedBy('another', body, signature, { nowSeconds: 1_700_000_005 })).toBe(false);
    expect(isSignedBy(SECRET, `${body} `, signature, { nowSeconds: 1_700_000_005 })).toBe(false);
    for (const forged of ['', 'v1=00', signature.replace('t=17', 't=18'), signature.slice(0, -1)])
      expect(isSignedBy(SECRET, body, forged, { nowSeconds: 1_700_000_005 })).toBe(false);
    // By hand: printf '1.{}' | openssl dgst -sha256 -hmac key
    expect(signatureOf('key', '{}', 1)).toBe(
      't=1,v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224',
    );
  });

  it.each([400, 404, 429, 500, 503])('that is answered %i has failed', async (status) => {
    answer = (_, res) => res.writeHead(status).end('no');
    expect(await local()).toEqual({ status, problem: `it answered ${status}` });
  });

  it.each([301, 302, 307, 308])('follows no redirect (%i)', async (status) => {
    answer = (_, res) => res.writeHead(status, { location: `http://127.0.0.1:${port}/elsewhere` }).end();
    expect(await local()).toEqual({ status, problem: `it answered ${status}` });
    expect(seen).toHaveLength(1);
  });

  it('reads no more of an answer than a little', async () => {
    let written = 0;
    let isCut = false;
    answer = (_, res) => {
      res.on('close', () => (isCut = !res.writableFinished));
      const more = () => {
        while (written < 50_000_000 && !res.destroyed) {
          written += 65_536;
          if (!res.write(Buffer.alloc(65_536))) return;
        }
        res.end();
      };
      res.on('drain', more);
      more();
    };
    await local();
    await until('the connection is cut', () => isCut);
    expect(written).toBeLessThan(20_000_000);
  });

  it('to nobody fails with a reason', async () => {
    const closed = await post('http://127.0.0.1:1/', ['127.0.0.1']);
    expect(closed).toEqual({ status: null, problem: expect.stringMatching(/ECONNREFUSED/) });
  });

  it('ends with the server', async () => {
    const stopping = new AbortController();
    answer = () => stopping.abort();
    const agent = createWebhookAgent({ allowsHttp: true, allowedHosts: ['127.0.0.1'] });
    agents.push(agent);
    const options = { dispatcher: agent, signal: stopping.signal, nowSeconds: 1 };
    const outcome = await deliver({ url: `http://127.0.0.1:${port}/`, secret: SECRET }, DELIVERY, options);
    expect(outcome).toMatchObject({ status: null, problem: expect.stringMatching(/abort/) });
  });
});

describe('an address of the own network', () => {
  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f000001', '0.0.0.0'])(
    '%s is not connected to',
    async (host) => {
      expect(await post(`http://${host}:${port}/`, [])).toEqual({
        status: null,
        problem: expect.stringMatching(/is not on the public internet/),
      });
      expect(seen).toEqual([]);
    },
  );

  it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fd00::1'])(
    'is not connected to where a name stands for it (%s)',
    async (address) => {
      const outcome = await post(`http://hook.example:${port}/`, [], namesAs(address));
      expect(outcome.problem).toBe(`${address} is not on the public internet`);
      expect(seen).toEqual([]);
    },
  );

  it('is not connected to where a name stands for it beside a public one', async () => {
    const both: LookupFunction = (_host, _options, found) =>
      found(null, [
        { address: '1.1.1.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ]);
    expect((await post(`http://hook.example:${port}/`, [], both)).problem).toMatch(/127\.0\.0\.1 is not/);
    expect(seen).toEqual([]);
  });

  it('is not connected to where a name comes to stand for it later', async () => {
    const rebinding = namesAs('192.0.2.1', '127.0.0.1');
    for (const _ of [1, 2])
      expect((await post(`http://hook.example:${port}/`, [], rebinding)).problem).toMatch(
        /is not on the public/,
      );
    expect(seen).toEqual([]);
  });

  it('is connected to where the operator has named the host', async () => {
    expect(await post(`http://hook.example:${port}/`, ['hook.example'], namesAs('127.0.0.1'))).toEqual({
      status: 200,
      problem: null,
    });
  });
});
