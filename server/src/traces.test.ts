import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  openTraceCollector,
  TEST_REDIS_URL,
  until,
  ownModelName,
  type CollectedSpan,
  type TraceCollector,
} from '@pocketrocket/testing';
import { postGraphql } from './http/test/httpHarness.ts';
import { startFilledServer, type FilledServer } from './test/filledServer.ts';
import { makeFixture } from './test/fixture.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CALLER = 'b7ad6b7169203331';
const QUERY = `query Recommend($userId: Int!) {
  user(userId: $userId) { recommendations(first: 3) { nodes { score movie { title } } served { ranker } } }
}`;
const STEPS = ['execute', 'user', 'profile', 'retrieve', 'rank', 'refine', 'explain'];

/** A TensorFlow Serving that has every version, finds all equally likely, and keeps what headers came with predictions. */
const tfServing = { server: null as Server | null, traceparents: [] as unknown[] };

async function openTfServing(): Promise<string> {
  const server = createServer((req, res) => {
    void req.toArray().then((chunks) => {
      res.setHeader('content-type', 'application/json');
      const version = /versions\/(\d+)/.exec(req.url ?? '')?.[1];
      const status = { version, state: 'AVAILABLE', status: { error_code: 'OK', error_message: '' } };
      if (req.method === 'GET') return res.end(JSON.stringify({ model_version_status: [status] }));
      tfServing.traceparents.push(req.headers.traceparent);
      const { inputs } = JSON.parse(Buffer.concat(chunks).toString()) as { inputs: { movieId: number[] } };
      res.end(JSON.stringify({ outputs: inputs.movieId.map(() => [0.5]) }));
    });
  }).listen(0, '127.0.0.1');
  tfServing.server = server;
  await until('it listens', () => server.listening);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let collector: TraceCollector;
let server: FilledServer;
beforeAll(async () => {
  collector = await openTraceCollector();
  server = await startFilledServer(makeFixture(), {
    SHUTDOWN_DELAY_MS: '0',
    RANKER: 'tf-serving',
    RANKER_TIMEOUT_MS: '5000',
    TF_SERVING_URL: await openTfServing(),
    ...(TEST_REDIS_URL !== undefined && { REDIS_URL: TEST_REDIS_URL, MODEL_NAME: ownModelName() }),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of%20traces',
    OTEL_SERVICE_NAME: 'movies',
  });
}, 60_000);
afterAll(async () => {
  tfServing.server?.close();
  await collector.close();
});

/** The spans of a trace once its first one has come, which ends last, and those of the thread. */
function traceOf(traceId: string, name: string): Promise<CollectedSpan[]> {
  return until(`the spans of ${name}`, () => {
    const spans = collector.spans().filter((span) => span.traceId === traceId);
    const names = spans.map((span) => span.name);
    return names.includes('POST /graphql') && names.includes(name) && spans;
  });
}

const ask = (query: string, variables: object, flags = '01', trace = TRACE) =>
  postGraphql(server.url, { query, variables }, { traceparent: `00-${trace}-${CALLER}-${flags}` });

describe('traces', () => {
  it("tell a request through the front and its thread: steps and calls below the operation, in the caller's trace", async () => {
    const answer = (await (await ask(QUERY, { userId: 5 })).json()) as {
      data: { user: { recommendations: { served: object } } };
    };
    expect(answer.data.user.recommendations.served).toEqual({ ranker: 'NEURAL_CF' });
    const spans = await traceOf(TRACE, 'query Recommend');
    const named = (name: string) => {
      const found = spans.filter((span) => span.name === name);
      expect([name, found.length]).toEqual([name, 1]);
      return found[0] as CollectedSpan;
    };
    const nameOf = new Map(spans.map(({ spanId, name }) => [spanId, name]));
    const parentOf = (name: string) => nameOf.get(named(name).parentSpanId);

    const front = named('POST /graphql');
    expect(front).toMatchObject({ parentSpanId: CALLER, kind: 2, isFailed: false, service: 'movies' });
    expect(front.facts).toMatchObject({ 'http.response.status_code': 200, 'http.route': '/graphql' });
    for (const name of ['body', 'send', 'query Recommend'])
      expect([name, parentOf(name)]).toEqual([name, front.name]);
    expect(named('query Recommend').facts).toMatchObject({ 'graphql.operation.name': 'Recommend' });
    expect(parentOf('execute')).toBe('query Recommend');
    for (const step of STEPS.slice(1)) expect([step, parentOf(step)]).toEqual([step, 'execute']);

    expect(parentOf('tf-serving predict')).toBe('rank');
    const predict = named('tf-serving predict');
    expect(predict).toMatchObject({ kind: 3, isFailed: false });
    expect(predict.facts).toMatchObject({ 'http.request.method': 'POST', 'http.response.status_code': 200 });
    expect(tfServing.traceparents).toEqual([`00-${TRACE}-${predict.spanId}-01`]);

    const statement = spans.find(({ name }) => name === 'SELECT user');
    expect(statement).toMatchObject({
      kind: 3,
      facts: { 'db.system.name': 'sqlite', 'db.collection.name': 'user' },
    });
    expect(nameOf.get(statement?.parentSpanId ?? '')).toBe('user');
    expect(
      spans.some(
        ({ name, parentSpanId }) => name === 'SELECT rating' && nameOf.get(parentSpanId) === 'profile',
      ),
    ).toBe(true);
    // A Redis that does not know the script yet refuses it, and is sent it whole.
    if (TEST_REDIS_URL !== undefined)
      expect(spans.findLast(({ name }) => /^redis EVAL(?:SHA)?$/.test(name))).toMatchObject({
        kind: 3,
        isFailed: false,
      });
    expect(collector.exports()[0]).toMatchObject({ authorization: 'Bearer of traces' });
    expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
    expect(
      collector.spans().filter(({ parentSpanId, name }) => parentSpanId === '' && name !== 'POST /graphql'),
    ).toEqual([]);
  }, 30_000);

  it('tell errors by their codes, and nothing of what was sent', async () => {
    const trace = TRACE.replace('0af', '1af');
    const name = 'N'.repeat(100);
    const secret = 'SeCrEt';
    await ask(
      `mutation ${name} { signIn(input: { email: "${secret}@x.example", password: "${secret}" }) { user { userId } } }`,
      {},
      '01',
      trace,
    );
    const [operation] = (await traceOf(trace, `mutation ${'N'.repeat(64)}`)).filter(
      ({ kind, name: one }) => kind === 1 && one.startsWith('mutation'),
    );
    expect(operation).toMatchObject({ isFailed: true, facts: { 'error.type': 'BAD_USER_INPUT' } });
    expect(JSON.stringify(collector.spans())).not.toContain(secret);
  }, 30_000);

  it('leave out what the caller does not record', async () => {
    const trace = TRACE.replace('0af', '2af');
    expect((await ask(QUERY, { userId: 6 }, '00', trace)).status).toBe(200);
    expect(tfServing.traceparents.at(-1)).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-00$`));
    await ask('{ __typename }', {}, '01', TRACE.replace('0af', '3af'));
    await traceOf(TRACE.replace('0af', '3af'), 'query');
    expect(collector.spans().filter(({ traceId }) => traceId === trace)).toEqual([]);
  }, 30_000);

  it('disturb nothing while the collector is silent, and delay a shutdown by seconds at most', async () => {
    collector.fail('silent');
    expect((await ask(QUERY, { userId: 7 })).status).toBe(200);
    const begunAt = performance.now();
    await server.stop({ atOnce: true });
    // Three seconds each of the thread and of the front.
    expect(performance.now() - begunAt).toBeLessThan(9_000);
  }, 30_000);
});
