import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '@pocketrocket/runtime';
import { auditServer } from 'graphql-http';
import {
  GraphQLError,
  GraphQLFloat,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import { postGraphql, READY, startHttp, type HttpHarness } from './test/httpHarness.ts';

const throwing = (error: () => unknown) => ({
  type: GraphQLString,
  resolve: () => {
    throw error();
  },
});

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      hello: {
        type: GraphQLString,
        args: {
          times: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 },
          weight: { type: GraphQLFloat },
        },
        resolve: (_root, { times }: { times: number }) => 'hello '.repeat(times).trim(),
      },
      refused: throwing(() => new AppError('BAD_USER_INPUT', 'first must be 1 to 100; it is 101')),
      down: throwing(() => new AppError('UPSTREAM_UNAVAILABLE', 'Redis does not answer')),
      bug: throwing(() => new TypeError('secret: /etc/passwd')),
      disguised: throwing(
        () => new GraphQLError('secret', { extensions: { code: 'LEAK', detail: 'secret' } }),
      ),
    },
  }),
});

let http: HttpHarness;
beforeAll(async () => {
  http = await startHttp({ schema, corsOrigins: ['https://movies.example'] });
});
afterAll(() => http.stop());

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: string[]; extensions: Record<string, unknown> }[];
}
async function ask(query: string, variables?: Record<string, unknown>): Promise<Answer> {
  return (await (await postGraphql(http.url, { query, variables })).json()) as Answer;
}

describe('GraphQL over HTTP', () => {
  it("passes all of graphql-http's audit", async () => {
    // Cross-site request forgery prevention stays on: the audit's requests carry the header that tells them from forged ones.
    const fetchFn = (url: string, init: RequestInit = {}) =>
      fetch(url, {
        ...init,
        headers: { ...(init.headers as Record<string, string>), 'apollo-require-preflight': '1' },
      });
    const results = await auditServer({ url: `${http.url}/graphql`, fetchFn });
    expect(results.filter(({ status }) => status !== 'ok')).toEqual([]);
    expect(results).toHaveLength(61);
  });

  it('answers GET and POST', async () => {
    expect(await ask('query Greet($n: Int!) { hello(times: $n) }', { n: 2 })).toEqual({
      data: { hello: 'hello hello' },
    });
    const got = await fetch(`${http.url}/graphql?query={hello}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(await got.json()).toEqual({ data: { hello: 'hello' } });
  });

  it('compresses large answers for clients that ask for it', async () => {
    const answer = await postGraphql(
      http.url,
      { query: '{ hello(times: 1000) }' },
      { 'accept-encoding': 'gzip' },
    );
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(((await answer.json()) as Answer).data?.['hello']).toHaveLength(5999);
  });

  it('refuses what another site could forge', async () => {
    const simple = await fetch(`${http.url}/graphql?query={hello}`);
    expect(simple.status).toBe(400);
    expect(await simple.text()).toContain('CSRF');
    const form = await fetch(`${http.url}/graphql`, { method: 'POST', body: '{"query":"{hello}"}' });
    expect(form.status).toBe(400);
  });

  it('refuses an oversized body', async () => {
    const answer = await postGraphql(http.url, {
      query: '{ hello }',
      variables: { fill: 'x'.repeat(210_000) },
    });
    expect(answer.status).toBe(413);
    const { errors } = (await answer.json()) as Answer;
    expect(errors?.[0]).toEqual({
      message: 'The request body is larger than 200kb.',
      extensions: { code: 'BAD_REQUEST' },
    });
  });

  it('refuses malformed JSON', async () => {
    const answer = await postGraphql(http.url, '{"query":');
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as Answer).errors?.[0]?.extensions).toEqual({ code: 'BAD_REQUEST' });
  });

  it('knows persisted queries by their hash', async () => {
    const query = '{ hello }';
    const extensions = {
      persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
    };
    const unknown = (await (await postGraphql(http.url, { extensions })).json()) as Answer;
    expect(unknown.errors?.[0]?.extensions['code']).toBe('PERSISTED_QUERY_NOT_FOUND');
    await postGraphql(http.url, { query, extensions });
    expect(await (await postGraphql(http.url, { extensions })).json()).toEqual({ data: { hello: 'hello' } });
  });
});

/** Asks until there is an answer; Jest's own time limit ends it. */
async function untilSome<T>(ask: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
  }
}

describe('the deadline of a request', () => {
  const late = {
    message: expect.stringMatching(/^timed out after 300 ms/),
    extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true },
  };
  const never = () => new Promise<never>(() => undefined);
  const hangingOn = (hangs: () => Promise<null>) =>
    new GraphQLSchema({
      query: new GraphQLObjectType({
        name: 'Query',
        fields: {
          hello: { type: GraphQLString, resolve: () => 'hello' },
          hangs: { type: GraphQLString, resolve: hangs },
          failsLate: {
            type: GraphQLString,
            resolve: () =>
              new Promise((_, fail) => setTimeout(() => fail(new Error('too late to say')), 400)),
          },
        },
      }),
    });
  let slow: HttpHarness;
  beforeAll(async () => {
    slow = await startHttp({ schema: hangingOn(never), requestTimeoutMs: 300, readiness: never });
  });
  afterAll(() => slow.stop());

  it('fails what still hangs, and sends the rest', async () => {
    const answer = await postGraphql(slow.url, { query: '{ hello hangs failsLate }' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      data: { hello: 'hello', hangs: null, failsLate: null },
      errors: [expect.objectContaining(late), expect.objectContaining(late)],
    });
    const failures = slow.logged().filter(({ event }) => event === 'operation failed');
    // The second fails alike within the same second, and is counted by the next line.
    expect(failures.map(({ path }) => path)).toEqual(['hangs']);
  });

  it('works on so many requests at once, and tells others to come again', async () => {
    let release = () => {};
    const held = new Promise<null>((resolve) => (release = () => resolve(null)));
    const busy = await startHttp({ schema: hangingOn(() => held), maxRequestsInFlight: 2 });
    const under = [0, 1].map(() => postGraphql(busy.url, { query: '{ hangs }' }));
    const refused = await untilSome(async () => {
      const answer = await postGraphql(busy.url, { query: '{ hello }' });
      return answer.status === 503 ? answer : null;
    });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toEqual({
      errors: [
        {
          message: 'the server is overloaded; try again in a moment',
          extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true },
        },
      ],
    });
    expect((await fetch(`${busy.url}/healthz`)).status).toBe(200);
    release();
    for (const answer of await Promise.all(under)) expect(answer.status).toBe(200);
    expect((await postGraphql(busy.url, { query: '{ hello }' })).status).toBe(200);
    const events = busy.logged().map(({ event }) => event);
    expect(events.filter((event) => event === 'load shedding: too many concurrent requests')).toHaveLength(1);
    expect(events).toContain('load shedding ended');
    await busy.stop();
  });

  it('answers in the place of what hangs outside of fields', async () => {
    const answer = await fetch(`${slow.url}/readyz`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await answer.json()).toEqual({ errors: [late] });
    expect(await (await postGraphql(slow.url, { query: '{ hello }' })).json()).toEqual({
      data: { hello: 'hello' },
    });
  });
});

describe('errors', () => {
  it('gives the code and the message of expected ones', async () => {
    const { data, errors } = await ask('{ hello refused down }');
    expect(data).toEqual({ hello: 'hello', refused: null, down: null });
    expect(errors).toEqual([
      expect.objectContaining({
        message: 'first must be 1 to 100; it is 101',
        path: ['refused'],
        extensions: { code: 'BAD_USER_INPUT' },
      }),
      expect.objectContaining({
        message: 'Redis does not answer',
        extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true },
      }),
    ]);
  });

  it.each(['bug', 'disguised'])(
    'says nothing of an unexpected one (%s), and logs it in full',
    async (field) => {
      const requestId = `test-${field}`;
      const answer = await postGraphql(
        http.url,
        { query: `query Q { ${field} }` },
        { 'x-request-id': requestId },
      );
      const text = await answer.text();
      expect(text).not.toContain('secret');
      expect((JSON.parse(text) as Answer).errors?.[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
      const logged = http
        .logged()
        .find((line) => line['event'] === 'operation failed' && line['requestId'] === requestId);
      expect(logged).toMatchObject({
        operation: 'Q',
        path: field,
        err: { message: expect.stringContaining('secret') },
      });
      expect(logged).toHaveProperty('err.stack');
    },
  );

  it('gives the reason for a variable of the wrong type', async () => {
    const { errors } = await ask('query Q($n: Int!) { hello(times: $n) }', { n: 'many' });
    expect(errors?.[0]?.message).toContain('"many"');
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
  });

  it('tells syntax from validation', async () => {
    expect((await ask('{')).errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
    expect((await ask('{ nothing }')).errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });
});

describe('other origins', () => {
  const preflight = (url: string, origin: string) =>
    fetch(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });

  it('may call when they are listed', async () => {
    const allowed = await preflight(http.url, 'https://movies.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://movies.example');
    expect(allowed.headers.get('access-control-allow-headers')).toBe('content-type');
    const answer = await postGraphql(http.url, { query: '{ hello }' }, { origin: 'https://movies.example' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://movies.example');
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/^x-request-id,retry-after,/);
  });

  it('may not otherwise', async () => {
    const refused = await preflight(http.url, 'https://evil.example');
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('may all call where * is listed, and none where nothing is', async () => {
    const open = await startHttp({ schema, corsOrigins: ['*'] });
    const closed = await startHttp({ schema });
    expect(
      (await preflight(open.url, 'https://any.example')).headers.get('access-control-allow-origin'),
    ).toBe('*');
    const refused = await preflight(closed.url, 'https://any.example');
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    await Promise.all([open.stop(), closed.stop()]);
  });
});

describe('request ids and the log', () => {
  it('keeps a sane id and logs one line with operation, status and duration', async () => {
    const answer = await postGraphql(
      http.url,
      { query: 'query Hi { hello }' },
      { 'x-request-id': 'abc-1.2:3' },
    );
    expect(answer.headers.get('x-request-id')).toBe('abc-1.2:3');
    await answer.text();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const lines = http.logged().filter((line) => line['requestId'] === 'abc-1.2:3');
    expect(lines).toEqual([
      expect.objectContaining({
        event: 'request',
        method: 'POST',
        path: '/graphql',
        status: 200,
        operation: 'Hi',
        durationMs: expect.any(Number),
      }),
    ]);
  });

  it('makes one up instead of an id that could forge a log line', async () => {
    const answer = await postGraphql(
      http.url,
      { query: '{ hello }' },
      { 'x-request-id': 'a b {"level":"fatal"}' },
    );
    expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('health', () => {
  it('is alive, for GET and HEAD', async () => {
    expect(await (await fetch(`${http.url}/healthz`)).json()).toEqual({ alive: true });
    const head = await fetch(`${http.url}/healthz`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('is ready with a model', async () => {
    const answer = await fetch(`${http.url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([200, READY]);
  });

  it('names what is missing without one', async () => {
    const readiness = {
      ready: false,
      dataset: 'test',
      modelVersion: null,
      problem: 'no model has been trained yet',
      rankerProblem: null,
      rankerVersion: null,
      databaseProblem: null,
      writeProblem: null,
      redisProblem: null,
      training: { stage: 'item2vec', done: 1, total: 3, startedAt: 'a', updatedAt: 'b' },
    };
    const waiting = await startHttp({ schema, readiness });
    const answer = await fetch(`${waiting.url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([503, readiness]);
    await waiting.stop();
  });
});

describe('/steptimes', () => {
  it('is not there unless asked for', async () => {
    expect((await fetch(`${http.url}/steptimes`)).status).toBe(404);
  });

  it('tells how often each step ran since it was last asked', async () => {
    const telling = await startHttp({ schema, tellsStepTimes: true });
    const take = async () => (await (await fetch(`${telling.url}/steptimes`)).json()) as object;
    await take();
    await (await postGraphql(telling.url, { query: '{ hello }' })).text();
    const times = { count: 1, totalMs: expect.any(Number) };
    expect(await take()).toEqual({ body: times, answer: times, execute: times, send: times });
    expect(await take()).toEqual({});
    await telling.stop();
  });
});

describe('the portal', () => {
  const asBrowser = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };
  let portalDir: string;
  let portal: HttpHarness;

  beforeAll(async () => {
    portalDir = await mkdtemp(join(tmpdir(), 'portal-'));
    await mkdir(join(portalDir, 'assets'));
    await writeFile(join(portalDir, 'index.html'), '<title>portal</title>');
    await writeFile(join(portalDir, 'playground.html'), '<title>playground</title>');
    await writeFile(join(portalDir, 'config.js'), 'window.pocketrocketConfig = { apiUrl: "elsewhere" };');
    await writeFile(join(portalDir, 'assets/main-1a2b.js'), 'start();');
    await mkdir(join(portalDir, 'ssr'));
    await writeFile(join(portalDir, 'ssr/render.js'), 'for the server alone');
    portal = await startHttp({ schema, portalDir });
  });
  afterAll(async () => {
    await portal.stop();
    await rm(portalDir, { recursive: true });
  });

  it.each(['/', '/movie/1', '/collection/Film-Noir?after=x', '/user/7/'])(
    'is the page at %s',
    async (path) => {
      const answer = await fetch(`${portal.url}${path}`, asBrowser);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toBe('<title>portal</title>');
      expect(answer.headers.get('cache-control')).toBe('no-cache');
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    },
  );

  it.each(['//elsewhere.test', '//elsewhere', '/%ff1', '/%'])(
    'tells who goes to %s that there is no such page',
    async (path) => {
      const answer = await fetch(`${portal.url}${path}`, asBrowser);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toBe('<title>portal</title>');
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      const forPrograms = await fetch(`${portal.url}${path}`, { headers: { accept: '*/*' } });
      expect(forPrograms.status).toBe(404);
      expect(((await forPrograms.json()) as Answer).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
    },
  );

  it('answers HEAD without a body', async () => {
    const answer = await fetch(`${portal.url}/`, { method: 'HEAD', ...asBrowser });
    expect([answer.status, await answer.text()]).toEqual([200, '']);
  });

  it('lets hashed files be kept for ever, and the rest be asked for again', async () => {
    const hashed = await fetch(`${portal.url}/assets/main-1a2b.js`);
    expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const etag = (await fetch(`${portal.url}/`, asBrowser)).headers.get('etag') ?? '';
    const asked = { ...asBrowser.headers, 'if-none-match': etag, 'cache-control': 'max-age=0' };
    const again = await fetch(`${portal.url}/`, { headers: asked });
    expect(again.status).toBe(304);
  });

  it('tells the portal that the API is here', async () => {
    const answer = await fetch(`${portal.url}/config.js`);
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await answer.text()).toBe('window.pocketrocketConfig = {"apiUrl":"/graphql"};\n');
  });

  it('shows browsers the playground at /graphql, and programs the API', async () => {
    expect(await (await fetch(`${portal.url}/graphql`, asBrowser)).text()).toBe('<title>playground</title>');
    expect(await (await postGraphql(portal.url, { query: '{ hello }' })).json()).toEqual({
      data: { hello: 'hello' },
    });
  });

  it.each([
    ['/assets/gone.js', asBrowser],
    ['/nowhere', { headers: { accept: '*/*' } }],
    ['/../package.json', asBrowser],
    ['/%2e%2e/package.json', asBrowser],
    ['/assets/..%2findex.html', asBrowser],
    ['/x/..%2fssr%2frender.js', asBrowser],
    ['/.%2fssr%2frender.js', asBrowser],
    ['/ssr/render.js', asBrowser],
    ['/%', { headers: { accept: '*/*' } }],
  ])('has nothing at %s', async (path, init) => {
    const answer = await fetch(`${portal.url}${path}`, init);
    expect(answer.status).toBe(404);
    expect(((await answer.json()) as Answer).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
  });

  it('takes nothing', async () => {
    const answer = await fetch(`${portal.url}/`, { method: 'POST' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it.each([
    ['/sign-in', '?'],
    ['/sign-in?next=%2Fme', '?next=%2Fme'],
    ['//elsewhere?//elsewhere', '?//elsewhere'],
  ])('shows the page of a form again that came without its scripts (%s)', async (path, location) => {
    const answer = await fetch(portal.url + path, {
      ...asBrowser,
      method: 'POST',
      body: new URLSearchParams({ password: 'secret' }),
      redirect: 'manual',
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, location]);
  });

  it.each(['/', '/graphql', '/users'])('names the command where it is not built (%s)', async (path) => {
    const answer = await fetch(`${http.url}${path}`, asBrowser);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build');
  });
});
