import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { createMemoryBuckets } from '../../budgets/memoryBuckets.ts';
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
let charged: { key: string; units: number }[] = [];
let http: HttpHarness;
beforeEach(async () => {
  const buckets = createMemoryBuckets(() => nowMs);
  charged = [];
  http = await startHttp({
    schema,
    corsOrigins: ['https://movies.example'],
    trustedProxies: ['127.0.0.1'],
    budgets: {
      charge: async (charge) => {
        charged.push({ key: charge.key, units: charge.units });
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
  const left = answer.extensions.cost.remaining;
  expect((await ask({ query })).answer.extensions.cost.remaining).toBeLessThanOrEqual(left);
  expect((await ask({ query }, { 'x-forwarded-for': '192.0.2.9' })).response.status).toBe(200);

  nowMs += 60_000;
  expect((await ask({ query })).response.status).toBe(200);
  expect(http.logged().filter(({ level }) => level === 'error')).toEqual([]);
});

it('charges what is refused before it has a price, each request once', async () => {
  for (const query of ['{', '{ nothing }', '{ hello }']) await ask({ query });
  expect(charged).toHaveLength(3);
  expect(charged.slice(0, 2)).toEqual(Array(2).fill({ key: 'address:127.0.0.1', units: 20 }));
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
