import { once } from 'node:events';
import { rename, writeFile } from 'node:fs/promises';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@pocketrocket/testing';
import { usageOf } from '../bench/serve/procStat.ts';
import { PATIENCE_MS, type RunningServer } from '../topology/processes.ts';
import { Topology } from '../topology/topology.ts';
import { ask } from './ask.ts';
import { countKinds, Load, type Answer } from './load.ts';
import { contradictionsIn } from './verify.ts';

const SABOTEUR = new URL('./saboteur.js', import.meta.url).href;

let topology: Topology;
let server: RunningServer;
beforeAll(async () => {
  topology = await Topology.open({
    env: { WORKERS: '2', REQUEST_TIMEOUT_MS: '5000', SHUTDOWN_DELAY_MS: '0' },
  });
  await topology.takeSample({ fitted: true });
}, 180_000);
afterEach(async () => {
  await server?.stop();
});
afterAll(() => topology?.close());

const sabotageFile = () => join(topology.home, 'sabotage');

async function start(env: Record<string, string> = {}): Promise<void> {
  server = await topology.startServer({
    NODE_OPTIONS: `--import ${SABOTEUR}`,
    SABOTAGE_FILE: sabotageFile(),
    ...env,
  });
  await untilReady(2);
}

/** Waits until so many threads in all have become ready since the start. */
async function untilReady(many: number): Promise<void> {
  const numReady = () => server.output().split('"event":"API thread ready"').length - 1;
  try {
    await until(`${many} threads are ready`, () => numReady() >= many || null, PATIENCE_MS);
  } catch (error) {
    const lines = server.output().split('\n');
    const told = lines.filter((line) => !line.includes('"event":"request"')).slice(-20);
    throw new Error(`the server says:\n${told.join('\n')}`, { cause: error });
  }
}

async function sabotage(deed: string): Promise<void> {
  await writeFile(`${sabotageFile()}.draft`, deed);
  await rename(`${sabotageFile()}.draft`, sabotageFile());
}

/** Runs work under load. @returns every answer, with whether it was sent before the work ended */
async function underLoad(
  work: (answered: (many: number) => Promise<unknown>) => Promise<unknown>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const load = await Load.open({
    origin: server.origin,
    readers: 8,
    writers: 2,
    pauseMs: 2,
    onAnswer: (answer) => answers.push(answer),
  });
  const answered = (many: number) => {
    const goal = answers.length + many;
    return until(`${many} more answers`, () => answers.length >= goal || null, PATIENCE_MS);
  };
  load.start();
  try {
    await answered(50);
    await work(answered);
    await answered(50);
  } finally {
    await load.stop();
  }
  expect(await contradictionsIn(topology.databaseUrl, load.writers)).toEqual([]);
  return answers;
}

describe('an API thread', () => {
  it.each<[string, string, number[]]>([
    // The first thread also loads models.
    ['throw', 'sabotage', [2, 1]],
    ['hoard', 'reaching memory limit', [2]],
    ['hang', 'it said nothing for', [1]],
  ])(
    'that ends (%s) takes the requests on it along, and no others',
    async (deed, reason, threads) => {
      for (const thread of threads) {
        await start({ NODE_OPTIONS: `--import ${SABOTEUR} --max-old-space-size=512` });
        const answers = await underLoad(async () => {
          await sabotage(`${thread} ${deed}`);
          await untilReady(3);
        });
        const { ok = 0, degraded = 0, UPSTREAM_UNAVAILABLE: lost = 0, ...others } = countKinds(answers);
        expect(others).toEqual({});
        // Ten clients, of which each has one request under way at most, and one more while the thread is found to hang.
        expect(lost).toBeLessThanOrEqual(20);
        expect(ok + degraded).toBeGreaterThan(100);
        expect(server.output()).toContain(reason);
        await server.stop();
      }
      expect(server.child.exitCode).toBe(0);
    },
    180_000,
  );

  it('shares the model with the others, and they exchange it without losing a request', async () => {
    await start();
    const versions = new Set<unknown>();
    const agent = new Agent({ keepAlive: true, maxSockets: 8 });
    const versionOf = async () => {
      const { data } = await ask(agent, server.origin, { query: '{ model { version } }' });
      return (data as { model: { version: string } }).model.version;
    };
    const answers = await underLoad(async (answered) => {
      versions.add(await versionOf());
      await topology.train();
      await until(
        'every thread serves the new model',
        async () => {
          const seen = await Promise.all(Array.from({ length: 8 }, versionOf));
          for (const version of seen) versions.add(version);
          return seen.every((version) => version === '2') || null;
        },
        PATIENCE_MS,
      );
      await answered(100);
    });
    expect(Object.keys(countKinds(answers))).toEqual(['ok']);
    expect([...versions].sort()).toEqual(['1', '2']);
    agent.destroy();
  }, 120_000);
});

describe('threads together', () => {
  it('count attempts to sign in, and continue lists, as one', async () => {
    await start();
    const agents = Array.from({ length: 12 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
    const askAll = <Result>(work: (agent: Agent) => Promise<Result>) => Promise.all(agents.map(work));
    const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { token user { userId } } }';
    const email = 'threads@example.org';
    const account = { email, password: 'correct horse battery', name: 'Threads' };
    const [first] = agents;
    if (!first) throw new Error('no agent');
    const { data } = await ask(first, server.origin, { query: signUp, variables: { input: account } });
    const { token, user } = (data as { signUp: { token: string; user: { userId: number } } }).signUp;
    const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { token } }';
    const input = { email, password: 'a wrong password' };
    // From an address that the account knows none waits: so many are looked at in a quarter of an hour, however long they take.
    const attempts = await askAll((agent) =>
      ask(agent, server.origin, { query: signIn, variables: { input } }),
    );
    expect(attempts.map(({ kind }) => kind).sort()).toEqual([
      ...Array<string>(10).fill('BAD_USER_INPUT'),
      ...Array<string>(2).fill('RATE_LIMITED'),
    ]);

    const rate = (movieId: number) =>
      ask(
        first,
        server.origin,
        { query: `mutation { rateMovie(input: { movieId: ${movieId}, rating: 5 }) { movie { movieId } } }` },
        token,
      );
    const page = (agent: Agent, after: string | null) =>
      ask(
        agent,
        server.origin,
        {
          query:
            'query ($id: Int!, $after: String) { user(userId: $id) { recommendations(first: 5, after: $after) { nodes { movie { movieId } } pageInfo { endCursor } } } }',
          variables: { id: user.userId, after },
        },
        token,
      );
    const { data: catalogue } = await ask(first, server.origin, {
      query: '{ movies(first: 2) { nodes { movieId } } }',
    });
    const [one, two] = (catalogue as { movies: { nodes: { movieId: number }[] } }).movies.nodes;
    await rate(one?.movieId ?? 0);
    const begun = (await page(first, null)).data as {
      user: { recommendations: { pageInfo: { endCursor: string } } };
    };
    // From now on a list made again would be another one.
    await rate(two?.movieId ?? 0);
    const { endCursor } = begun.user.recommendations.pageInfo;
    const pages = [];
    for (let round = 0; round < 2; round++) pages.push(...(await askAll((agent) => page(agent, endCursor))));
    expect(new Set(pages.map(({ kind }) => kind))).toEqual(new Set(['ok']));
    expect(new Set(pages.map((one) => JSON.stringify(one.data))).size).toBe(1);
    for (const agent of agents) agent.destroy();
  }, 60_000);
});

describe('slow clients', () => {
  const head = (length: number) =>
    `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

  /** Connections from an address of the loopback network, each with some text sent. */
  async function open(many: number, localAddress: string, text: string): Promise<Socket[]> {
    const port = Number(new URL(server.origin).port);
    const sockets = Array.from({ length: many }, () => connect({ host: '127.0.0.1', port, localAddress }));
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      socket.write(text);
    }
    return sockets;
  }

  async function p95OfHealth(): Promise<number> {
    const latencies: number[] = [];
    for (let round = 0; round < 100; round++) {
      const askedAt = performance.now();
      expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
      latencies.push(performance.now() - askedAt);
    }
    return latencies.sort((a, b) => a - b)[95] ?? Infinity;
  }

  it('cost each other, and neither the others nor memory', async () => {
    await start();
    const agent = new Agent({ keepAlive: true });
    const isServed = async () => (await ask(agent, server.origin, { query: '{ model { version } }' })).kind;
    for (let round = 0; round < 20; round++) expect(await isServed()).toBe('ok');
    const calm = await p95OfHealth();
    const before = usageOf(server.child.pid)?.megabytes ?? 0;
    const halfSent = await open(1_000, '127.0.0.2', `${head(100)}{"query":`);
    // Much to read for little work: 80 kB an answer.
    const titles = Array.from({ length: 6 }, (_, at) => `${'x'.repeat(90)}${at}: title`);
    const question = JSON.stringify({ query: `{ movies(first: 100) { nodes { ${titles.join(' ')} } } }` });
    const readers = await open(50, '127.0.0.3', '');
    for (const socket of readers) socket.pause();
    for (let round = 0; round < 20; round++)
      for (const socket of readers)
        if (!socket.destroyed) socket.write(head(Buffer.byteLength(question)) + question);
    // The machine may be busy with other things: as quick as before, within a factor.
    expect(await p95OfHealth()).toBeLessThan(Math.max(250, 5 * calm));
    for (let round = 0; round < 20; round++) expect(await isServed()).toBe('ok');
    expect((usageOf(server.child.pid)?.megabytes ?? 0) - before).toBeLessThan(250);
    for (const socket of [...halfSent, ...readers]) socket.destroy();
    agent.destroy();
  }, 120_000);
});
