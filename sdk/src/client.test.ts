import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Double, failure, json } from '../test/double.ts';
import {
  API_CODES,
  BatchError,
  operations,
  PocketRocketError,
  type EventInput,
  type NewEvent,
} from './index.ts';
import { retryAfterOf } from './retries.ts';

const double = new Double();
beforeAll(() => double.start());
afterAll(() => double.stop());

const movie = (movieId: number) => ({ movieId, title: `Film ${movieId}` });
const found = json({ data: { movie: movie(1) } });
const failureOf = async (work: Promise<unknown>): Promise<PocketRocketError> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PocketRocketError) return error;
  throw new Error(`expected a failure, not ${String(error)}`);
};

describe('requests', () => {
  it('ask for public data by name, and send the text where the server does not know it', async () => {
    const { hash, text } = operations.Movie;
    expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
    double.answer(json(failure('PERSISTED_QUERY_NOT_FOUND')), found);
    expect(await double.client().movie({ movieId: 1 })).toEqual(movie(1));
    const [asked, sent] = double.seen;
    expect([asked?.method, sent?.method]).toEqual(['GET', 'POST']);
    expect(JSON.parse(asked?.parameters['extensions'] ?? '')).toEqual({
      persistedQuery: { version: 1, sha256Hash: hash },
    });
    expect(JSON.parse(asked?.parameters['variables'] ?? '')).toEqual({ movieId: 1 });
    expect(sent?.body).toEqual({
      query: text,
      variables: { movieId: 1 },
      extensions: { persistedQuery: { version: 1, sha256Hash: hash } },
    });
  });

  it('are posted with a key or a token, which is asked for each time', async () => {
    double.answer(found);
    await double.client({ key: 'pr_1_secret' }).movie({ movieId: 1 });
    let number = 0;
    const client = double.client({ token: () => `token-${++number}` });
    await client.movie({ movieId: 1 });
    await client.movie({ movieId: 1 });
    expect(double.seen.map(({ method, headers }) => [method, headers.authorization])).toEqual([
      ['POST', 'Bearer pr_1_secret'],
      ['POST', 'Bearer token-1'],
      ['POST', 'Bearer token-2'],
    ]);
  });

  it('are posted where the address would be too long', async () => {
    double.answer(json({ data: { recommendFor: null } }));
    const ratings = Array.from({ length: 300 }, (_, movieId) => ({ movieId, rating: 4 }));
    await double.client().recommendFor(ratings).first();
    expect(double.seen.map(({ method }) => method)).toEqual(['POST']);
  });

  it('take texts of others', async () => {
    double.answer(json({ data: { hello: 'world' } }));
    expect(await double.client().request<{ hello: string }>('{ hello }')).toEqual({ hello: 'world' });
    // As GraphQL Code Generator makes them.
    class TypedDocumentString extends String {
      readonly __apiType?: (variables: { times: number }) => { hello: string };
    }
    const { hello } = await double.client().request(new TypedDocumentString('query { hello }'), { times: 2 });
    expect(hello).toBe('world');
    expect(double.seen[1]?.body).toEqual({ query: 'query { hello }', variables: { times: 2 } });
  });
});

describe('failures', () => {
  it('tell code, request id and cost, and what could be read', async () => {
    const cost = { requested: 48, actual: 21, limit: 20_000, remaining: 19_952, resetAt: '2026-11-29' };
    const errors = [
      { message: 'first must be 1 to 100', path: ['movies'], extensions: { code: 'BAD_USER_INPUT' } },
    ];
    double.answer(json({ errors, data: { movies: null, genres: [] }, extensions: { cost } }));
    const error = await failureOf(double.client({ key: 'k' }).request('{ movies { nodes } genres }'));
    expect(error).toMatchObject({
      name: 'PocketRocketError',
      message: 'first must be 1 to 100',
      code: 'BAD_USER_INPUT',
      status: 200,
      requestId: 'request-7',
      cost,
      errors,
      data: { movies: null, genres: [] },
      isRetryable: false,
    });
    expect(double.seen).toHaveLength(1);
  });

  it('wait as long as the server says before the next attempt, and not exactly so', async () => {
    const refused = (status: number, after: string) =>
      json(failure('RATE_LIMITED', { retryable: true }), status, { 'retry-after': after });
    double.answer(refused(429, '3'), refused(503, '2'), found);
    expect(await double.client().movie({ movieId: 1 })).toEqual(movie(1));
    expect(double.waits).toEqual([3_000 + 125, 2_000 + 250]);
  });

  it('wait longer and longer where the server says nothing, up to a bound, and end', async () => {
    double.answer(json(failure('UPSTREAM_UNAVAILABLE', { retryable: true }), 503));
    const error = await failureOf(double.client({ retries: 9 }).movie({ movieId: 1 }));
    expect([error.code, error.status]).toEqual(['UPSTREAM_UNAVAILABLE', 503]);
    expect(double.waits).toEqual([125, 250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('are handed on where the server asks to wait for longer than anybody wants to', async () => {
    double.answer(json(failure('RATE_LIMITED', { retryable: true }), 429, { 'retry-after': '3600' }));
    expect((await failureOf(double.client().movie({ movieId: 1 }))).retryAfterMs).toBe(3_600_000);
    expect(double.waits).toEqual([]);
  });

  it('repeat no mutation that may have happened, but one that was refused before it began', async () => {
    const write = 'mutation { rateMovie { movie { title } } }';
    double.answer(json(failure('UPSTREAM_UNAVAILABLE', { retryable: true }), 503));
    await failureOf(double.client().request(write));
    expect(double.seen).toHaveLength(1);
    double.answer(json(failure('RATE_LIMITED', { retryable: true }), 429), json({ data: { done: true } }));
    expect(await double.client().request(write)).toEqual({ done: true });
    double.answer((_seen, res) => res.destroy(), json({ data: { done: true } }));
    expect((await failureOf(double.client().request(write))).code).toBe('NETWORK');
    expect(await double.client().request(write, {}, { isIdempotent: true })).toEqual({ done: true });
  });

  it('come from the way, too: no answer, none in time, one that is no GraphQL', async () => {
    const client = (more = {}) => double.client({ retries: 0, ...more });
    double.answer((_seen, res) => res.destroy());
    expect(await failureOf(client().genres())).toMatchObject({ code: 'NETWORK', status: null });
    double.answer(() => undefined);
    expect((await failureOf(client({ timeoutMs: 50 }).genres())).code).toBe('TIMEOUT');
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const address = `127.0.0.1:${(closed.address() as AddressInfo).port}`;
    await new Promise((done) => closed.close(done));
    expect((await failureOf(client({ url: `http://${address}/graphql` }).genres())).message).toBe(
      `the server cannot be reached: connect ECONNREFUSED ${address}`,
    );
    expect((await failureOf(client({ url: 'localhost:4000/graphql' }).genres())).message).toMatch(/scheme/);
    expect(() => client({ url: '' })).toThrow(/^url must be the address of the API/);
    double.answer(
      (_seen, res) => void res.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad</h1>'),
    );
    expect(await failureOf(client().genres())).toMatchObject({ code: 'BAD_ANSWER', isRetryable: true });
  });

  it('end when the caller gives up, while asking and while waiting', async () => {
    const asking = new AbortController();
    double.answer(() => asking.abort(new Error('enough')));
    await expect(double.client().genres({ signal: asking.signal })).rejects.toThrow('enough');
    const waiting = new AbortController();
    double.answer(json(failure('RATE_LIMITED', { retryable: true }), 429));
    const client = double.client({ wait: async () => waiting.abort(new Error('enough')) });
    await expect(client.genres({ signal: waiting.signal })).rejects.toThrow('enough');
    expect(double.seen).toHaveLength(1);
  });

  it('read both forms of retry-after', () => {
    const now = () => Date.parse('2026-11-30T12:00:00Z');
    expect(retryAfterOf('120')).toBe(120_000);
    expect(retryAfterOf('Mon, 30 Nov 2026 12:00:05 GMT', now)).toBe(5_000);
    expect(retryAfterOf('Mon, 30 Nov 2026 11:00:00 GMT', now)).toBe(0);
    expect([retryAfterOf('soon'), retryAfterOf(null)]).toEqual([null, null]);
  });
});

describe('pages', () => {
  const page = (from: number, endCursor: string | null, hasNextPage: boolean) =>
    json({
      data: {
        movies: {
          totalCount: 5,
          nodes: [movie(from), movie(from + 1)],
          pageInfo: { endCursor, hasNextPage },
        },
      },
    });

  it('follow the cursor to the end', async () => {
    double.answer(page(1, 'c2', true), page(3, 'c4', true), page(5, null, false));
    const ids: number[] = [];
    for await (const { movieId } of double.client().movies({ pageSize: 2 })) ids.push(movieId);
    expect(ids).toEqual([1, 2, 3, 4, 5, 6]);
    const sent = double.seen.map(
      ({ parameters }) => JSON.parse(parameters['variables'] ?? '') as { after: string | null },
    );
    expect(sent.map(({ after }) => after)).toEqual([null, 'c2', 'c4']);
  });

  it('are asked for no further than they are read', async () => {
    double.answer(page(1, 'c2', true), page(3, 'c4', true));
    expect((await double.client().movies().take(3)).map(({ movieId }) => movieId)).toEqual([1, 2, 3]);
    expect(double.seen).toHaveLength(2);
    expect(await double.client().movies().take(0)).toEqual([]);
  });

  it('end where there is no list, and where one does not move on', async () => {
    double.answer(json({ data: { user: null } }));
    expect(await double.client({ key: 'k' }).recommendations({ externalId: 'nobody' }).take(5)).toEqual([]);
    double.answer(page(1, 'c2', true));
    expect(await double.client().movies().take(100)).toHaveLength(4);
  });
});

describe('batches', () => {
  const events = (count: number): NewEvent[] =>
    Array.from({ length: count }, (_, movieId) => ({ userExternalId: 'ann', kind: 'VIEW', movieId }));
  const sentEvents = () => double.seen.map(({ body }) => body.variables?.['events'] as EventInput[]);
  const stored = (storedCount: number, refused: object[] = []) =>
    json({ data: { recordEvents: { storedCount, duplicateCount: 1, refused } } });

  it('are split at 500, sent in order, and counted together', async () => {
    const refused = [{ eventId: 'e', reason: 'no such movie' }];
    double.answer(stored(500), stored(500, refused), stored(201));
    expect(await double.client({ key: 'k' }).recordEvents(events(1_201))).toEqual({
      storedCount: 1_201,
      duplicateCount: 3,
      refused,
    });
    expect(sentEvents().map((batch) => batch.length)).toEqual([500, 500, 201]);
    expect(sentEvents()[2]?.at(-1)?.movieId).toBe(1_200);
  });

  it('keep their ids over attempts, so that each event counts once', async () => {
    double.answer(
      (_seen, res) => res.destroy(),
      json(failure('WRITES_REFUSED', { retryable: true })),
      stored(2),
    );
    await double
      .client({ key: 'k' })
      .recordEvents([{ ...events(1)[0], eventId: 'mine' } as NewEvent, ...events(1)]);
    const ids = sentEvents().map((batch) => batch.map(({ eventId }) => eventId));
    expect(ids[0]?.[0]).toBe('mine');
    expect(ids[0]?.[1]).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(ids).toEqual([ids[0], ids[0], ids[0]]);
  });

  it('stay below the size of a body, and come from whatever brings them one by one', async () => {
    double.answer(stored(1));
    async function* long() {
      for (const event of events(300)) yield { ...event, eventId: 'x'.repeat(1_000) + event.movieId };
    }
    await double.client({ key: 'k' }).recordEvents(long());
    const bytes = double.seen.map(({ body }) => JSON.stringify(body).length);
    expect(bytes.length).toBe(2);
    expect(Math.max(...bytes)).toBeLessThan(200 * 1024);
    double.answer(stored(1));
    expect((await double.client({ key: 'k' }).recordEvents([])).storedCount).toBe(0);
    expect(double.seen).toEqual([]);
  });

  it('tell what was sent and what was not, where one fails', async () => {
    double.answer(stored(500), json(failure('FORBIDDEN')));
    const error = await failureOf(double.client({ key: 'k' }).recordEvents(events(600)));
    expect(error).toBeInstanceOf(BatchError);
    const { code, sent, unsent, requestId } = error as BatchError<EventInput>;
    expect([code, requestId, sent]).toEqual([
      'FORBIDDEN',
      'request-7',
      { storedCount: 500, duplicateCount: 1, refused: [] },
    ]);
    expect(unsent).toEqual(sentEvents()[1]);
  });

  it('are smaller where the API refuses one for its price, and go on so', async () => {
    const tooMuch = (requested: number) => {
      const error = { message: 'may cost', extensions: { code: 'BAD_USER_INPUT', maxCost: 5_000 } };
      return json({ errors: [error], extensions: { cost: { requested } } }, 400);
    };
    double.answer(tooMuch(9_000), stored(250), stored(250), stored(100));
    const { storedCount } = await double.client({ key: 'k' }).recordEvents(events(600));
    expect(storedCount).toBe(600);
    expect(sentEvents().map((batch) => batch.length)).toEqual([500, 250, 250, 100]);
    expect(
      sentEvents()
        .slice(1)
        .flat()
        .map(({ movieId }) => movieId),
    ).toEqual(Array.from({ length: 600 }, (_, at) => at));
    double.answer(tooMuch(5_500));
    const error = await failureOf(double.client({ key: 'k' }).recordEvents(events(3)));
    expect(sentEvents().map((batch) => batch.length)).toEqual([3, 2, 1]);
    expect((error as BatchError<EventInput>).unsent).toHaveLength(3);
  });

  it('of lists are split at 100, and come back in the order asked', async () => {
    const list = (seen: { body: { variables?: Record<string, unknown> } }) =>
      (seen.body.variables?.['requests'] as { userId: number }[] | undefined)?.map(({ userId }) => ({
        nodes: [userId],
      }));
    double.answer((seen, res) => json({ data: { recommendForMany: list(seen) } })(seen, res));
    const requests = Array.from({ length: 250 }, (_, userId) => ({ userId }));
    const lists = await double.client({ key: 'k' }).recommendForMany(requests);
    expect(lists.map((one) => one?.nodes[0])).toEqual(requests.map(({ userId }) => userId));
    expect(double.seen).toHaveLength(3);
  });
});

it('names the public queries for servers that are to know them from the start', async () => {
  const known = JSON.parse(await readFile(new URL('../documents.json', import.meta.url), 'utf8')) as object;
  expect(Object.entries(known)).toContainEqual([operations.Movie.hash, operations.Movie.text]);
  expect(Object.values(known).some((text) => String(text).startsWith('mutation'))).toBe(false);
});

it('knows the codes that the API has, and no other', async () => {
  const page = await readFile(new URL('../../docs/api.md', import.meta.url), 'utf8');
  const [, table = ''] = /<!-- codes:begin -->(.*?)<!-- codes:end -->/s.exec(page) ?? [];
  const codes = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code);
  expect([...API_CODES].sort()).toEqual(codes.sort());
});
