import { createHash } from 'node:crypto';
import { get as httpGet } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import type { BucketRules } from '../budgets/bucket.ts';
import { createMemoryBuckets } from '../budgets/memoryBuckets.ts';
import { PublicAnswers } from './publicAnswers.ts';
import { postGraphql, startHttp, type HttpHarness } from './test/httpHarness.ts';

let nowMs = 0;
let numAsked = 0;
const counted = { type: GraphQLInt, resolve: () => ++numAsked };
/** Named as fields of the API, whose rules count. */
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      genres: counted,
      model: counted,
      viewer: counted,
      movies: { type: GraphQLString, resolve: () => 'm'.repeat(200_000) },
      movie: {
        type: GraphQLString,
        resolve: () => {
          throw new Error('a bug');
        },
      },
    },
  }),
  mutation: new GraphQLObjectType({ name: 'Mutation', fields: { signUp: counted } }),
});
const rules: BucketRules = { burst: 1_000_000, perSecond: 1_000 };
const charge = createMemoryBuckets();

let http: HttpHarness;
beforeAll(async () => {
  http = await startHttp({
    schema,
    corsOrigins: ['https://movies.example'],
    maxAnswerBytes: 100_000,
    budgets: { charge: async (one) => charge(one), anonymous: rules, account: rules },
    publicAnswers: new PublicAnswers({ nowMs: () => nowMs }),
  });
});
afterAll(() => http.stop());
beforeEach(() => {
  // What was kept before is too old.
  nowMs += 1e9;
  numAsked = 0;
});

const hashOf = (query: string) => createHash('sha256').update(query).digest('hex');
const extensionsOf = (query: string) => ({ persistedQuery: { version: 1, sha256Hash: hashOf(query) } });

async function register(query: string): Promise<void> {
  await postGraphql(http.url, { query, extensions: extensionsOf(query) });
  numAsked = 0;
}

function get(query: string, headers: Record<string, string> = {}, more = ''): Promise<Response> {
  const extensions = encodeURIComponent(JSON.stringify(extensionsOf(query)));
  return fetch(`${http.url}/graphql?extensions=${extensions}${more}`, { headers });
}

it('lets everybody keep what everybody may read, and tells nobody’s balance in it', async () => {
  await register('{ genres }');
  const answer = await get('{ genres }');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=60');
  expect(answer.headers.get('etag')).toMatch(/^W\/"[\w-]{27}"$/);
  expect(answer.headers.get('vary')).toContain('Accept, Authorization');
  expect(answer.headers.get('ratelimit-remaining')).toBeNull();
  expect(await answer.json()).toEqual({ data: { genres: 1 } });
});

it('answers again out of what it keeps, with its age, and 304 to whoever has it, until it is too old', async () => {
  await register('{ genres }');
  const etag = (await get('{ genres }')).headers.get('etag') ?? '';
  nowMs += 59_000;
  const again = await get('{ genres }');
  expect([again.headers.get('age'), await again.json()]).toEqual(['59', { data: { genres: 1 } }]);
  for (const names of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
    const known = await get('{ genres }', { 'if-none-match': names });
    expect([known.status, await known.text()]).toEqual([304, '']);
    expect(known.headers.get('cache-control')).toBe('public, max-age=60');
    expect(known.headers.get('etag')).toBe(etag);
  }
  expect(numAsked).toBe(1);
  nowMs += 1_000;
  expect(await (await get('{ genres }', { 'if-none-match': etag })).json()).toEqual({ data: { genres: 2 } });
});

it('keeps apart what differs by variables, by operation and by the form that is accepted', async () => {
  const query = 'query One { genres } query Two { genres }';
  await register(query);
  const numbers = [
    await (await get(query, {}, '&operationName=One')).json(),
    await (await get(query, {}, '&operationName=Two')).json(),
    await (await get(query, {}, '&operationName=One&variables={"a":1}')).json(),
  ];
  expect(numbers).toEqual([1, 2, 3].map((genres) => ({ data: { genres } })));
  const accept = 'application/graphql-response+json';
  const typed = await get(query, { accept }, '&operationName=One');
  expect(typed.headers.get('content-type')).toContain(accept);
  expect((await get(query, { accept: 'text/csv' }, '&operationName=One')).status).toBe(406);
});

it('keeps what changes by itself for a shorter time', async () => {
  await register('{ model genres }');
  expect((await get('{ model genres }')).headers.get('cache-control')).toBe('public, max-age=5');
});

it.each([
  ['depends on who asks', '{ genres viewer }'],
  ['has errors', '{ movie genres }'],
  ['turns out too large', '{ movies }'],
])('lets nobody keep an answer that %s', async (_why, query) => {
  await register(query);
  for (let times = 0; times < 2; times++) {
    const answer = await get(query);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('etag')).toBeNull();
  }
});

it('lets nobody keep what was sent by POST, or with a sign-in', async () => {
  await register('{ genres }');
  expect((await postGraphql(http.url, { query: '{ genres }' })).headers.get('cache-control')).toBe(
    'no-store',
  );
  await get('{ genres }');
  numAsked = 0;
  // Not even out of what is kept for others.
  const signedIn = { authorization: 'Bearer of.a.token', 'apollo-require-preflight': '1' };
  const answer = await get('{ genres }', signedIn);
  expect([answer.status, answer.headers.get('cache-control'), numAsked]).toEqual([200, 'no-store', 1]);
});

it('still refuses without a preflight what is not registered, what carries a sign-in, and what writes', async () => {
  await register('{ genres }');
  await register('mutation { signUp }');
  const unknown = await get('{ genres model }');
  expect(await unknown.json()).toMatchObject({
    errors: [{ extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
  });
  expect(unknown.headers.get('cache-control')).toBe('no-store');
  expect((await get('{ genres }', {}, '&query={genres}')).status).toBe(400);
  expect((await fetch(`${http.url}/graphql?query={genres}`)).status).toBe(400);
  expect((await get('{ genres }', { authorization: 'Bearer of.a.token' })).status).toBe(400);
  expect((await get('mutation { signUp }')).status).toBe(405);
  expect(numAsked).toBe(0);
});

it('refuses what a page asks for as an image: it could only use up the visitor’s budget', async () => {
  await register('{ genres }');
  const search = `?extensions=${encodeURIComponent(JSON.stringify(extensionsOf('{ genres }')))}`;
  // Node.js' own fetch says itself which mode it has.
  const statusOf = (mode: string) =>
    new Promise((resolve) => {
      const headers = { 'sec-fetch-mode': mode };
      httpGet(`${http.url}/graphql${search}`, { headers }, (res) => resolve(res.resume().statusCode));
    });
  expect([await statusOf('cors'), await statusOf('no-cors')]).toEqual([200, 400]);
});

it('lets pages of other origins in that CORS lets in, and no other', async () => {
  await register('{ genres }');
  await get('{ genres }', { origin: 'https://movies.example' });
  const allowed = await get('{ genres }', { origin: 'https://movies.example' });
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://movies.example');
  expect(allowed.headers.get('vary')).toContain('Origin');
  expect(allowed.headers.get('access-control-expose-headers')).toContain('etag');
  const other = await get('{ genres }', { origin: 'https://evil.example' });
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
  expect(numAsked).toBe(1);
});

it('serves the schema with a name for its content', async () => {
  const answer = await fetch(`${http.url}/schema.graphql`, { headers: { origin: 'https://movies.example' } });
  expect(await answer.text()).toContain('type Query {');
  expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://movies.example');
  const etag = answer.headers.get('etag') ?? '';
  const again = await fetch(`${http.url}/schema.graphql`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  expect((await fetch(`${http.url}/schema.graphql`, { method: 'POST' })).status).toBe(405);
});
