import { Agent } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@pocketrocket/testing';
import { PATIENCE_MS, type RunningServer } from '../topology/processes.ts';
import { Topology } from '../topology/topology.ts';
import { ask } from './ask.ts';
import { haveCommands } from './commands.ts';
import { contradictions, contradictionsIn } from './verify.ts';
import { countKinds, Load, type Answer } from './load.ts';
import { startMariadb, type OwnMariadb } from './mariadb.ts';
import { openTcpProxy, type TcpProxy } from '@pocketrocket/testing';

const REQUEST_TIMEOUT_MS = 2_000;
const RECONNECTS_WITHIN_MS = 10_000;

const describeWithMariadb = haveCommands('mariadbd', 'mariadb-install-db') ? describe : describe.skip;

describeWithMariadb('a server whose database fails under load', () => {
  let mariadb: OwnMariadb;
  let network: TcpProxy;
  let topology: Topology;
  let server: RunningServer;
  let load: Load;
  let answers: Answer[] = [];
  const agent = new Agent({ keepAlive: true });

  beforeAll(async () => {
    mariadb = await startMariadb();
    network = await openTcpProxy(mariadb.port);
    topology = await Topology.open({ mysqlUrl: mariadb.url('mysql') });
    await topology.takeSample({ fitted: true });
    const throughNetwork = new URL(topology.databaseUrl);
    throughNetwork.port = String(network.port);
    server = await topology.startServer({
      DATABASE_URL: throughNetwork.href,
      REQUEST_TIMEOUT_MS: String(REQUEST_TIMEOUT_MS),
      LOG_LEVEL: 'warn',
    });
    await until(
      'it is ready',
      async () => ((await fetch(`${server.origin}/readyz`)).ok ? true : null),
      PATIENCE_MS,
    );
    load = await Load.open({
      origin: server.origin,
      readers: 4,
      writers: 4,
      pauseMs: 3,
      onAnswer: (answer) => answers.push(answer),
    });
  }, 120_000);
  afterAll(async () => {
    agent.destroy();
    await topology?.close();
    await network?.close();
    await mariadb?.drop();
  });

  const readiness = async () => {
    const answer = await fetch(`${server.origin}/readyz`);
    const { ready, databaseProblem } = (await answer.json()) as {
      ready: boolean;
      databaseProblem: string | null;
    };
    return { ready, databaseProblem };
  };

  const FAULTS: readonly {
    what: string;
    begin: () => Promise<void>;
    end: () => Promise<void>;
  }[] = [
    { what: 'killed', begin: () => mariadb.server.stop('SIGKILL'), end: () => mariadb.server.start() },
    { what: 'restarted', begin: () => mariadb.server.stop('SIGTERM'), end: () => mariadb.server.start() },
    {
      what: 'silent',
      begin: async () => network.set({ mode: 'hang' }),
      end: async () => network.set({ mode: 'pass' }),
    },
    {
      what: 'forgotten by the network',
      begin: async () => network.set({ mode: 'hang' }),
      end: async () => network.set({ mode: 'forget' }),
    },
    {
      what: 'cut off',
      begin: async () => network.set({ mode: 'cut' }),
      end: async () => network.set({ mode: 'pass' }),
    },
  ];

  it.each(FAULTS)(
    'gives clean errors while it is $what, and loses nothing',
    async ({ begin, end }) => {
      answers = [];
      load.start();
      const seen = (what: string, since: number, isIt: (answer: Answer) => boolean, withinMs?: number) =>
        until(
          what,
          async () => (answers.some((answer) => answer.sentAt >= since && isIt(answer)) ? true : null),
          withinMs,
        );
      const isWrite = ({ what, kind }: Answer) => what === 'rateMovie' && kind === 'ok';
      let isOver = false;
      try {
        await seen('a rating', Date.now(), isWrite);
        await wait(300);
        await begin();
        const begunAt = Date.now();
        await seen('a refused rating', begunAt, ({ what, kind }) => what === 'rateMovie' && kind !== 'ok');
        // Longer than any request may take.
        await wait(REQUEST_TIMEOUT_MS + 1_000);
        // What needs nothing but memory is there.
        expect(await ask(agent, server.origin, { query: TASTE })).toMatchObject({ kind: 'ok' });
        // Nobody is better served by another server of the same database: it stays ready, and says what is wrong.
        expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
        expect(await readiness()).toEqual({
          ready: true,
          databaseProblem: expect.stringMatching(/^the database .*try again in a moment$/),
        });
        isOver = true;
        await end();
        await seen('a rating after its return', Date.now(), isWrite, RECONNECTS_WITHIN_MS);
        await until(
          'it says that all is well',
          async () => ((await readiness()).databaseProblem === null ? true : null),
          PATIENCE_MS,
        );
      } finally {
        await load.stop();
        // The next fault begins on a database that is well, whatever this one has shown.
        if (!isOver) await end();
      }
      const kinds = countKinds(answers);
      expect(Object.keys(kinds).sort()).toEqual(['UPSTREAM_UNAVAILABLE', 'ok']);
      const messages = new Set(answers.flatMap((answer) => answer.messages));
      for (const message of messages) expect(message).toMatch(/try again in a moment$/);
      expect(await contradictionsIn(topology.databaseUrl, load.writers)).toEqual([]);
      for (const writer of load.writers) {
        const asked = await ask(agent, server.origin, { query: RATINGS }, writer.token);
        const { viewer } = asked.data as { viewer: { ratings: { nodes: RatingNode[] } } };
        const stars = new Map(viewer.ratings.nodes.map(({ movie, rating }) => [movie.movieId, rating]));
        expect(contradictions(writer, (movieId) => stars.get(movieId), 'user.ratings')).toEqual([]);
      }
    },
    60_000,
  );

  it('answers what hangs within the time that a request has, and lets go of it', async () => {
    await until(
      'all is well',
      async () => {
        const { kind } = await ask(agent, server.origin, { query: '{ users(first: 1) { nodes { name } } }' });
        return kind === 'ok' ? true : null;
      },
      PATIENCE_MS,
    );
    network.set({ mode: 'hang' });
    // Many more than the pool has connections.
    const asked = await Promise.all(
      Array.from({ length: 60 }, () =>
        ask(agent, server.origin, { query: '{ users(first: 1) { nodes { name } } }' }),
      ),
    );
    expect([...new Set(asked.map(({ kind }) => kind))]).toEqual(['UPSTREAM_UNAVAILABLE']);
    const { kind, data } = await ask(agent, server.origin, {
      query: '{ model { version } users(first: 1) { nodes { name } } }',
    });
    expect(kind).toBe('UPSTREAM_UNAVAILABLE');
    // What needs no database is there.
    expect(data).toMatchObject({ model: { version: '1' }, users: null });
    network.set({ mode: 'pass' });
    await until(
      'it answers again',
      async () => {
        const { kind } = await ask(agent, server.origin, { query: '{ users(first: 1) { nodes { name } } }' });
        return kind === 'ok' ? true : null;
      },
      RECONNECTS_WITHIN_MS,
    );
  }, 30_000);
});

const TASTE = `{ recommendFor(ratings: [{ movieId: 1, rating: 5 }], first: 5) {
  nodes { movie { title genres { name } } reasons { movie { title } } } } }`;
const RATINGS = '{ viewer { ratings(first: 100) { nodes { rating movie { movieId } } } } }';

interface RatingNode {
  rating: number;
  movie: { movieId: number };
}
