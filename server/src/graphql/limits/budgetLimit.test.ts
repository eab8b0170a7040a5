import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { createMemoryBuckets } from '../../budgets/memoryBuckets.ts';
import { BudgetGate } from '../../budgets/budgetGate.ts';
import { postGraphql, startHttp, type HttpHarness } from '../../http/test/httpHarness.ts';

const schema = buildSchema('type Query { hello: String, big: [Query!]! }');

interface Answer {
  errors?: { message: string; extensions: Record<string, unknown> }[];
  extensions: {
    cost: { requested: number | null; actual: number; limit: number; remaining: number; resetAt: string };
  };
}

const BURST = 300;
let nowMs = 0;
let charged: { key: string; units: number; isDone: boolean | undefined }[] = [];
let http: HttpHarness;
beforeEach(async () => {
  const buckets = createMemoryBuckets(() => nowMs);
  charged = [];
  http = await startHttp({
    schema,
    corsOrigins: ['https://movies.example'],
    trustedProxies: ['127.0.0.1'],
    gate: new BudgetGate({ isSigned: async () => false, nowMs: () => nowMs }),
    budgets: {
      charge: async (charge) => {
        charged.push({ key: charge.key, units: charge.units, isDone: charge.isDone });
        return buckets(charge);
      },
      anonymous: { burst: BURST, perSecond: 10 },
      account: { burst: BURST, perSecond: 20 },
    },
  });
});
afterEach(() => http.stop());

const ask = async (body: unknown, headers: Record<string, string> = {}) => {
  const response = await postGraphql(http.url, body, headers);
  return { response, answer: (await response.json()) as Answer };
};

it('tells what an operation cost and what is left, in the answer and in headers', async () => {
  const { response, answer } = await ask({ query: '{ hello }' });
  const { cost } = answer.extensions;
  expect(response.status).toBe(200);
  expect(cost.requested).toBeGreaterThan(0);
  expect(cost.actual).toBeGreaterThanOrEqual(1);
  expect(cost).toMatchObject({ limit: BURST, remaining: Math.floor(BURST - (cost.requested ?? 0)) });
  const resetMs = Date.parse(cost.resetAt) - Date.now();
  expect(resetMs).toBeGreaterThan(-1_000);
  expect(resetMs).toBeLessThan(60_000);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'ratelimit-limit': String(BURST),
    'ratelimit-remaining': String(cost.remaining),
    'ratelimit-policy': `${BURST};w=30`,
    'ratelimit-reset': expect.stringMatching(/^\d+$/),
  });
});

it('refuses with 429, a stable code and the time to wait, for a charge, and lets others in', async () => {
  const query = `{ ${Array.from({ length: 30 }, (_, index) => `a${index}: hello`).join(' ')} }`;
  let refused = await ask({ query });
  let numAllowed = 0;
  while (refused.response.status !== 429 && numAllowed < 1_000) {
    numAllowed++;
    refused = await ask({ query });
  }
  expect(numAllowed).toBeGreaterThan(1);
  const { response, answer } = refused;
  expect(answer.errors).toMatchObject([
    { message: expect.stringMatching(/try again in/), extensions: { code: 'RATE_LIMITED', retryable: true } },
  ]);
  const seconds = Number(response.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(answer.extensions.cost.remaining).toBeLessThan(BURST);
  expect((await ask({ query }, { 'x-forwarded-for': '192.0.2.9' })).response.status).toBe(200);

  nowMs += 60_000;
  expect((await ask({ query })).response.status).toBe(200);
  expect(http.logged().filter(({ level }) => level === 'error')).toEqual([]);
});

it('charges what is refused before it has a price, each request once, and its work beyond that', async () => {
  for (const query of ['{', '{ nothing }', '{ hello }']) {
    await ask({ query });
    // However long it took on a busy machine.
    nowMs += 600_000;
  }
  const first = charged.filter(({ isDone }) => !isDone);
  expect(first).toHaveLength(3);
  expect(first.slice(0, 2)).toMatchObject(Array(2).fill({ key: 'address:127.0.0.1', units: 20 }));
  charged = [];
  // Reading so much takes more than twenty units.
  const query = `{ ${Array.from({ length: 1_600 }, (_, index) => `a${index}: hello`).join(' ')} }`;
  await ask({ query });
  expect(charged).toMatchObject([{ units: 20 }, { isDone: true }]);
  expect(charged[1]?.units).toBeGreaterThan(0);
});

it('charges what is no operation at all', async () => {
  for (const [body, contentType] of [
    ['no JSON', 'application/json'],
    ['{}', 'application/json'],
    ['a=b', 'text/plain'],
  ] as const) {
    const headers = { 'content-type': contentType };
    const answer = await fetch(`${http.url}/graphql`, { method: 'POST', headers, body });
    expect(answer.status).toBe(400);
    // However long it took on a busy machine.
    nowMs += 600_000;
  }
  const first = charged.filter(({ isDone }) => !isDone);
  expect(first).toMatchObject(Array(3).fill({ key: 'address:127.0.0.1', units: 20 }));
});

it('reads nothing of a client that owes, and holds its refusals', async () => {
  const query = `{ ${Array.from({ length: 1_600 }, (_, index) => `a${index}: hello`).join(' ')} }`;
  let status = 0;
  for (let times = 0; times < 100 && status !== 429; times++) ({ status } = (await ask({ query })).response);
  expect(status).toBe(429);
  charged = [];
  const begunAt = performance.now();
  const response = await fetch(`${http.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://movies.example' },
    body: 'no JSON',
  });
  expect(response.status).toBe(429);
  expect(performance.now() - begunAt).toBeGreaterThan(240);
  expect(await response.json()).toMatchObject({
    errors: [
      { message: expect.stringMatching(/used up/), extensions: { code: 'RATE_LIMITED', retryable: true } },
    ],
  });
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  // Less than what reading a request costs; nothing where it owes.
  expect(Number(response.headers.get('ratelimit-remaining'))).toBeLessThan(20);
  expect(response.headers.get('access-control-allow-origin')).toBe('https://movies.example');
  expect(charged).toEqual([]);
  // Others come in, and so does this one when its debt is paid.
  const others = { 'x-forwarded-for': '192.0.2.77' };
  expect((await ask({ query: '{ hello }' }, others)).response.status).toBe(200);
  nowMs += 60_000;
  expect((await ask({ query: '{ hello }' })).response.status).toBe(200);
});

it('counts IPv6 by /64', async () => {
  await ask({ query: '{ hello }' }, { 'x-forwarded-for': '2001:db8:1:2:3::1' });
  await ask({ query: '{ hello }' }, { 'x-forwarded-for': '2001:db8:1:2:4::1' });
  const keys = charged.map(({ key }) => key);
  expect(keys[0]).toBe('address:2001:db8:1:2::');
  expect(keys[1]).toBe(keys[0]);
});

it('lets pages of other origins read the headers', async () => {
  const { response } = await ask({ query: '{ hello }' }, { origin: 'https://movies.example' });
  const exposed = response.headers.get('access-control-expose-headers')?.split(',');
  expect(exposed).toEqual(
    expect.arrayContaining(['x-request-id', 'retry-after', 'ratelimit-remaining', 'ratelimit-reset']),
  );
});
