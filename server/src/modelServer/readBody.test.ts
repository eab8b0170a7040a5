import { createServer } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { listen } from '../http/listen.ts';
import { RefusedBody } from '../http/refusedBody.ts';
import { createBodyReader } from './readBody.ts';

/** Reads bodies of at most 1,000 bytes, 2,500 in all, and answers their length when it is told to. */
const readBody = createBodyReader(1_000, 2_500);
let mayAnswer: Promise<unknown> = Promise.resolve();
const server = createServer((req, res) => {
  readBody(req, res)
    .then(async (body) => {
      await mayAnswer;
      res.end(String(body.length));
    })
    .catch((error: unknown) => {
      res.setHeader('connection', 'close');
      res.statusCode = error instanceof RefusedBody ? error.status : 500;
      res.end();
    });
});
let url: string;
beforeAll(async () => {
  url = await listen(server, { host: '127.0.0.1', port: 0 });
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const settle = () => new Promise((resolve) => setTimeout(resolve, 50));
const post = (body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers });

it('reads text of any type, and nothing where there is none', async () => {
  expect(await (await post('123', { 'content-type': 'application/x-www-form-urlencoded' })).text()).toBe('3');
  expect(await (await fetch(url)).text()).toBe('0');
});

it('refuses what is too long, whether its length is announced or not, and what is compressed', async () => {
  expect((await post('x'.repeat(1_001))).status).toBe(413);
  const chunked = connect(Number(new URL(url).port), '127.0.0.1');
  chunked.write(
    `POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${'3e8\r\n' + 'x'.repeat(1_000) + '\r\n'}`,
  );
  chunked.write(`3e8\r\n${'x'.repeat(1_000)}\r\n`);
  const [answer] = (await once(chunked, 'data')) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1.1 413/);
  chunked.destroy();
  expect((await post('x', { 'content-encoding': 'gzip' })).status).toBe(415);
});

it('bounds all bodies together, those included whose length is not announced', async () => {
  await settle();
  let answerNow: (value?: unknown) => void = () => undefined;
  mayAnswer = new Promise((resolve) => (answerNow = resolve));
  const inFlight = [post('x'.repeat(1_000)), post('x'.repeat(1_000))];
  await settle();
  expect((await post('x'.repeat(501))).status).toBe(503);
  answerNow();
  for (const answered of inFlight) expect((await answered).status).toBe(200);
  await settle();
  expect((await post('x'.repeat(1_000))).status).toBe(200);
});
