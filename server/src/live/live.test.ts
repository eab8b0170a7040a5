import { hash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clearTrainingProgress, publishArtifact, writeTrainingProgress } from '@pocketrocket/model/artifact';
import { openDatabase } from '@pocketrocket/schema/database';
import { silentLogger } from '../test/api.ts';
import { makeApp } from '../test/apps.ts';
import { startFilledServer, type FilledServer } from '../test/filledServer.ts';
import { makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { toArtifact } from '../test/publish.ts';
import { dial, openStream, openWebSocket, query, type LiveResult, type Results } from './test/clients.ts';

const PAGE = 'nodes { rank score movie { movieId title } } served { ranker modelVersion }';
const LISTS = `subscription Lists($userId: Int, $first: Int! = 5) { recommendationsChanged(userId: $userId, first: $first) { ${PAGE} } }`;
const TRAINING = 'subscription { trainingChanged { isRunning } }';
const SIGN_UP =
  'mutation ($input: SignUpInput!) { signUp(input: $input) { token refreshToken user { userId } } }';
const RATE = 'mutation ($input: RateMovieInput!) { rateMovie(input: $input) { rating { rating } } }';
const SHARE =
  'mutation ($is: Boolean) { updateAccount(input: { sharesRatings: $is }) { user { sharesRatings } } }';

interface List {
  nodes: { movie: { movieId: number } }[];
  served: { ranker: string; modelVersion: string };
}
interface Account {
  token: string;
  refreshToken: string;
  user: { userId: number };
}

const fixture = makeFixture();
let server: FilledServer;
let numAccounts = 0;

const signUp = async (): Promise<Account> => {
  const name = `live${++numAccounts}`;
  const input = { name, email: `${name}@example.org`, password: 'correct horse' };
  return (await query<{ signUp: Account }>(server.url, SIGN_UP, { input })).signUp;
};
const rate = ({ token }: Account, movieId: number, rating = 5) =>
  query(server.url, RATE, { input: { movieId, rating } }, token);
/** The next list of a subscription; fails for anything else. */
const nextList = async (results: Pick<Results, 'next'>): Promise<List> => {
  const result = (await results.next()) as LiveResult<{ recommendationsChanged: List }>;
  if (!result.data) throw new Error(`no list: ${JSON.stringify(result)}`);
  return result.data.recommendationsChanged;
};
const nextCodes = async (results: Pick<Results, 'next'>) => {
  const result = await results.next();
  return result === 'complete' ? result : (result.errors ?? []).map(({ extensions }) => extensions.code);
};
const moviesOf = ({ nodes }: List) => nodes.map(({ movie }) => movie.movieId);

beforeAll(async () => {
  server = await startFilledServer(fixture, {
    WORKERS: '2',
    SIGN_UPS_PER_ADDRESS: '100',
    BUDGET_PER_SECOND: '1000000',
    BUDGET_BURST: '1000000',
  });
}, 90_000);
afterAll(() => server.stop({ atOnce: true }));

describe('a list', () => {
  it('comes at once by both transports, the same as by a query', async () => {
    const { user } = await query<{ user: { recommendations: List } }>(
      server.url,
      `{ user(userId: 1) { recommendations(first: 5) { ${PAGE} } } }`,
    );
    const socket = await openWebSocket(server.url);
    const stream = await openStream(server.url, LISTS, { userId: 1 });
    expect([stream.status, stream.headers['content-type']]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
    ]);
    expect(await nextList(stream)).toEqual(user.recommendations);
    expect(await nextList(socket.subscribe(LISTS, { userId: 1 }))).toEqual(user.recommendations);
    stream.close();
    socket.close();
  });

  it('comes again after a rating, on all threads and by both transports, and what is equal does not', async () => {
    const account = await signUp();
    // Of four connections two are on each thread.
    const sockets = await Promise.all(
      Array.from({ length: 4 }, () => openWebSocket(server.url, { token: account.token })),
    );
    const stream = await openStream(server.url, LISTS, {}, { authorization: `Bearer ${account.token}` });
    const all: Pick<Results, 'next' | 'unread'>[] = sockets.map((socket) => socket.subscribe(LISTS));
    const before = await Promise.all([...all, stream].map(nextList));
    expect(new Set(before.map(({ served }) => served.ranker))).toEqual(new Set(['POPULARITY']));
    const [best = 0] = moviesOf(before[0] as List);

    await rate(account, best);
    for (const list of await Promise.all([...all, stream].map(nextList))) {
      expect(list.served.ranker).toBe('NEURAL_CF');
      expect(moviesOf(list)).not.toContain(best);
    }
    const comesNext = async () => {
      const asked = await query<{ viewer: { recommendations: List } }>(
        server.url,
        `{ viewer { recommendations(first: 5) { ${PAGE} } } }`,
        {},
        account.token,
      );
      for (const list of await Promise.all([...all, stream].map(nextList)))
        expect(list).toEqual(asked.viewer.recommendations);
      return moviesOf(asked.viewer.recommendations);
    };
    // A name changes nothing in a list: the next one that comes is that after the dismissal, which makes what is like it score less.
    await query(
      server.url,
      'mutation { updateAccount(input: { name: "Another" }) { user { name } } }',
      {},
      account.token,
    );
    await query(
      server.url,
      'mutation ($movieId: Int!) { dismissMovie(movieId: $movieId) { movie { movieId } } }',
      { movieId: 119 },
      account.token,
    );
    await comesNext();
    await rate(account, 7, 0.5);
    expect(await comesNext()).not.toContain(7);
    for (const results of all) expect(results.unread).toBe(0);
    for (const socket of sockets) socket.close();
    stream.close();
  });

  it('leaves out at once what is dismissed', async () => {
    const account = await signUp();
    await rate(account, 3);
    const socket = await openWebSocket(server.url, { token: account.token });
    const results = socket.subscribe(LISTS);
    const [best = 0] = moviesOf(await nextList(results));
    const change = (verb: string) =>
      query(server.url, `mutation { ${verb}(movieId: ${best}) { movie { movieId } } }`, {}, account.token);
    await change('dismissMovie');
    expect(moviesOf(await nextList(results))).not.toContain(best);
    await change('restoreMovie');
    expect(moviesOf(await nextList(results))[0]).toBe(best);
    socket.close();
  });

  it('is sent to nobody else, and no more once the user does not share it', async () => {
    const account = await signUp();
    const variables = { userId: account.user.userId };
    const socket = await openWebSocket(server.url);
    expect(await nextCodes(socket.subscribe(LISTS, variables))).toEqual(['FORBIDDEN']);
    expect(await nextCodes(await openStream(server.url, LISTS, variables))).toEqual(['FORBIDDEN']);
    expect(await nextCodes(socket.subscribe(LISTS))).toEqual(['UNAUTHENTICATED']);
    expect(await nextCodes(socket.subscribe(LISTS, { userId: 999_999 }))).toEqual(['NOT_FOUND']);

    await query(server.url, SHARE, { is: true }, account.token);
    const shared = socket.subscribe(LISTS, variables);
    await nextList(shared);
    await query(server.url, SHARE, { is: false }, account.token);
    expect(await nextCodes(shared)).toEqual(['FORBIDDEN']);
    expect(await shared.next()).toBe('complete');
    socket.close();
  });

  it('ends with the user', async () => {
    const account = await signUp();
    await query(server.url, SHARE, { is: true }, account.token);
    const socket = await openWebSocket(server.url);
    const results = socket.subscribe(LISTS, { userId: account.user.userId });
    await nextList(results);
    await query(server.url, 'mutation { deleteMyAccount(password: "correct horse") }', {}, account.token);
    expect(await nextCodes(results)).toEqual(['NOT_FOUND']);
    expect(await results.next()).toBe('complete');
    socket.close();
  });

  it('comes again when another model serves', async () => {
    const sockets = await Promise.all([1, 2, 3, 4].map(() => openWebSocket(server.url)));
    const all = sockets.map((socket, at) => socket.subscribe(LISTS, { userId: at + 1 }));
    const before = await Promise.all(all.map(nextList));
    const { draft, tensors } = toArtifact(makeModel(fixture));
    await publishArtifact(server.modelDir, draft, tensors);
    const after = await Promise.all(all.map(nextList));
    for (const [at, { served }] of after.entries())
      expect(Number(served.modelVersion)).toBeGreaterThan(Number(before[at]?.served.modelVersion));
    for (const socket of sockets) socket.close();
  });
});

describe("the list of an app's user", () => {
  const OF_USER =
    'subscription { recommendationsChanged(userExternalId: "ann", first: 5) { nodes { movie { movieId } } served { ranker } } }';

  it('is for keys of the app alone, and follows its events', async () => {
    const database = await openDatabase({
      url: `sqlite:${join(server.modelDir, '..', 'pocketrocket.sqlite')}`,
    });
    const managing = { database, logger: silentLogger, keyBudget: { burst: 100_000, perSecond: 1_000 } };
    const app = await makeApp(managing, { name: 'One' });
    const key = await app.makeKey({ scopes: ['read', 'recommend', 'write:events'] });
    const reading = await app.key('read');
    const foreign = await (await makeApp(managing, { name: 'Other' })).key('recommend');
    const events = (kind: string, movieId: number) =>
      query(
        server.url,
        'mutation ($events: [EventInput!]!) { recordEvents(events: $events) { storedCount } }',
        { events: [{ eventId: `${kind} ${movieId}`, userExternalId: 'ann', kind, movieId }] },
        key.secret,
      );
    await events('LIKE', 3);
    const open = async (token: string) => (await openWebSocket(server.url, { token })).subscribe(OF_USER);
    expect(await nextCodes(await open(reading))).toEqual(['FORBIDDEN']);
    expect(await nextCodes(await open(foreign))).toEqual(['NOT_FOUND']);
    const socket = await openWebSocket(server.url, { token: key.secret });
    const results = socket.subscribe(OF_USER);
    const [best = 0] = moviesOf(await nextList(results));
    await events('DISMISS', best);
    expect(moviesOf(await nextList(results))).not.toContain(best);
    socket.close();
    await database.close();
  });
});

describe('a sign-in', () => {
  it('that does not hold opens nothing, and one that ends closes what it opened', async () => {
    const wrong = dial(server.url);
    wrong.websocket.once('open', () =>
      wrong.send({ type: 'connection_init', payload: { authorization: 'Bearer nonsense' } }),
    );
    expect(await wrong.closed).toMatchObject({ code: 4403, reason: expect.stringMatching(/^Forbidden: /) });
    const list = dial(server.url);
    list.websocket.once('open', () =>
      list.send({ type: 'connection_init', payload: { authorization: ['Bearer nonsense'] } }),
    );
    expect(await list.closed).toMatchObject({
      code: 4403,
      reason: 'Forbidden: the authorization header must be: Bearer <token>',
    });
    const refused = await openStream(server.url, LISTS, { userId: 1 }, { authorization: 'Bearer nonsense' });
    expect([refused.status, refused.headers['content-type']]).toEqual([
      401,
      'application/json; charset=utf-8',
    ]);

    const account = await signUp();
    const socket = await openWebSocket(server.url, { token: account.token });
    await nextList(socket.subscribe(LISTS));
    const stream = await openStream(server.url, LISTS, {}, { authorization: `Bearer ${account.token}` });
    await nextList(stream);
    await query(server.url, 'mutation ($token: String) { signOut(refreshToken: $token) }', {
      token: account.refreshToken,
    });
    expect((await socket.closed).code).toBe(4403);
    await stream.ended;
    expect(stream.text()).not.toContain('event: complete');
  });

  it('may come in the header of a WebSocket, too', async () => {
    const { token } = await signUp();
    const socket = await openWebSocket(server.url, { headers: { authorization: `Bearer ${token}` } });
    await nextList(socket.subscribe(LISTS));
    socket.close();
  });
});

describe('what is asked', () => {
  it('has the limits of queries, and their errors', async () => {
    const socket = await openWebSocket(server.url);
    const deep = `subscription { recommendationsChanged(userId: 1) { nodes { ${'movie { similar(first: 1) { '.repeat(8)}movie { title } ${'} }'.repeat(8)} } } }`;
    const asked: [string, object, string][] = [
      ['subscription {', {}, 'GRAPHQL_PARSE_FAILED'],
      ['subscription { nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
      ['{ genres { name } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
      ['mutation { signOutEverywhere }', {}, 'GRAPHQL_VALIDATION_FAILED'],
      [deep, {}, 'GRAPHQL_VALIDATION_FAILED'],
      [LISTS, { userId: 'one' }, 'BAD_USER_INPUT'],
      [LISTS, { userId: 1, first: 500 }, 'BAD_USER_INPUT'],
      [
        'subscription { recommendationsChanged(userId: 1, first: 100) { nodes { movie { similar(first: 100) { movie { similar(first: 100) { movie { title } } } } } } } }',
        {},
        'BAD_USER_INPUT',
      ],
      [
        'subscription ($x: String) { recommendationsChanged(userId: 1, userExternalId: $x) { nodes { rank } } }',
        { x: 'ann' },
        'BAD_USER_INPUT',
      ],
      [
        'subscription { recommendationsChanged(userExternalId: "ann") { nodes { rank } } }',
        {},
        'UNAUTHENTICATED',
      ],
      [`${LISTS} ${LISTS.replace('Lists', 'More')}`, {}, 'OPERATION_RESOLUTION_FAILURE'],
    ];
    for (const [text, variables, code] of asked) {
      expect(await nextCodes(socket.subscribe(text, variables))).toEqual(expect.arrayContaining([code]));
      const stream = await openStream(server.url, text, variables);
      expect(await nextCodes(stream)).toEqual(expect.arrayContaining([code]));
      expect(await stream.next()).toBe('complete');
    }
    socket.close();
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: LISTS, variables: { userId: 1 } }),
    });
    const { errors } = (await answer.json()) as LiveResult;
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/text\/event-stream/),
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    });
  });

  it('is answered as JSON where an event stream is named behind it', async () => {
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json, text/event-stream, multipart/mixed',
      },
      body: JSON.stringify({ query: '{ training { isRunning } }' }),
    });
    expect(answer.headers.get('content-type')).toMatch(/json/);
    expect(await answer.json()).toMatchObject({ data: { training: { isRunning: false } } });
  });

  it('may be persisted', async () => {
    const socket = await openWebSocket(server.url);
    const persistedQuery = { version: 1, sha256Hash: hash('sha256', LISTS, 'hex') };
    const extensions = { persistedQuery };
    const byHash = () => socket.subscribe('', { userId: 1 }, { extensions });
    expect(await nextCodes(byHash())).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    await nextList(socket.subscribe(LISTS, { userId: 1 }, { extensions }));
    await nextList(byHash());
    socket.close();
  });

  it('is no more than a connection may have', async () => {
    const socket = await openWebSocket(server.url);
    const open = Array.from({ length: 20 }, () => socket.subscribe(TRAINING));
    for (const results of open)
      expect(await results.next()).toEqual({ data: { trainingChanged: { isRunning: false } } });
    expect(await nextCodes(socket.subscribe(TRAINING))).toEqual(['RATE_LIMITED']);
    socket.complete(open[0]?.id ?? '');
    const again = socket.subscribe(TRAINING);
    expect(await again.next()).toEqual({ data: { trainingChanged: { isRunning: false } } });
    socket.close();
  });
});

describe('an id of a subscription', () => {
  it('that is in use closes the connection, in words that fit a close frame whatever the id', async () => {
    const socket = await openWebSocket(server.url);
    const id = 'é'.repeat(100);
    for (let times = 0; times < 2; times++)
      socket.send({ id, type: 'subscribe', payload: { query: TRAINING } });
    const { code, reason } = await socket.closed;
    expect(code).toBe(4409);
    expect(reason).toMatch(/^Subscriber for é+$/);
    // The server is still there.
    (await openWebSocket(server.url)).close();
  });

  it('is short', async () => {
    const socket = await openWebSocket(server.url);
    const refused = socket.results('i'.repeat(201));
    socket.send({ id: refused.id, type: 'subscribe', payload: { query: TRAINING } });
    expect(await nextCodes(refused)).toEqual(['BAD_USER_INPUT']);
    socket.close();
  });
});

describe('the training', () => {
  it('is told as it goes on, and when it has ended', async () => {
    const socket = await openWebSocket(server.url);
    const results = socket.subscribe(
      'subscription { trainingChanged { isRunning stage share secondsLeft } }',
    );
    const idle = { isRunning: false, stage: null, share: null, secondsLeft: null };
    expect(await results.next()).toEqual({ data: { trainingChanged: idle } });
    const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toISOString();
    const progress = {
      pid: process.pid,
      stage: 'item2vec',
      total: 10,
      startedAt: at(0),
      stageStartedAt: at(10),
    };
    await writeTrainingProgress(server.modelDir, { ...progress, done: 4, updatedAt: at(18) });
    const running = { isRunning: true, stage: 'item2vec', share: 0.4, secondsLeft: 12 };
    expect(await results.next()).toEqual({ data: { trainingChanged: running } });
    expect(await query(server.url, '{ training { isRunning stage share secondsLeft } }')).toEqual({
      training: running,
    });
    await clearTrainingProgress(server.modelDir);
    expect(await results.next()).toEqual({ data: { trainingChanged: idle } });
    socket.close();
  });
});
