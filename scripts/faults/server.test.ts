import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@pocketrocket/testing';
import { PATIENCE_MS, type RunningServer } from '../topology/processes.ts';
import { Topology } from '../topology/topology.ts';
import { ask, type Asked } from './ask.ts';
import { haveCommands } from './commands.ts';
import { countKinds, Load, type Answer } from './load.ts';
import { startMariadb, type OwnMariadb } from './mariadb.ts';
import { accepts, freePort } from '@pocketrocket/testing';
import { contradictionsIn } from './verify.ts';

let model: Topology;
let mariadb: OwnMariadb | undefined;
beforeAll(async () => {
  model = await Topology.open({});
  await model.takeSample({ fitted: true });
}, 120_000);
afterAll(async () => {
  await model?.close();
  await mariadb?.drop();
});

const ENGINES = ['SQLite', 'MariaDB'] as const;

async function openTopology(engine: (typeof ENGINES)[number]): Promise<Topology> {
  if (engine === 'SQLite') return model;
  mariadb = await startMariadb();
  // The same data: the same model fits.
  const topology = await Topology.open({
    mysqlUrl: mariadb.url('mysql'),
    env: { MODEL_DIR: model.modelDir },
  });
  await topology.importSample();
  return topology;
}

for (const engine of ENGINES) {
  const run =
    engine === 'SQLite' || haveCommands('mariadbd', 'mariadb-install-db') ? describe : describe.skip;
  run(`a server on ${engine}`, () => {
    let topology: Topology;
    let port: number;
    let server: RunningServer;
    const startServer = async () => {
      server = await topology.startServer({ PORT: String(port), LOG_LEVEL: 'warn' });
      await until(
        'the server is ready',
        async () => ((await fetch(`${server.origin}/readyz`)).ok ? true : null),
        PATIENCE_MS,
      );
    };
    beforeAll(async () => {
      topology = await openTopology(engine);
      port = await freePort();
    }, 60_000);
    afterAll(async () => {
      if (topology !== model) await topology?.close();
    });

    it('killed under load, loses no write that it acknowledged, and starts again', async () => {
      await startServer();
      const answers: Answer[] = [];
      const load = await Load.open({
        origin: server.origin,
        readers: 3,
        writers: 4,
        pauseMs: 2,
        onAnswer: (answer) => answers.push(answer),
      });
      load.start();
      const killedAt: number[] = [];
      try {
        for (let round = 0; round < 2; round++) {
          await until(
            'fifty writes',
            async () => (sumOf(load) >= 50 * (round + 1) ? true : null),
            PATIENCE_MS,
          );
          killedAt.push(Date.now());
          await server.stop('SIGKILL');
          await startServer();
        }
        const restartedAt = Date.now();
        await until(
          'it writes again',
          async () =>
            answers.some(
              ({ what, kind, sentAt }) => what === 'rateMovie' && kind === 'ok' && sentAt > restartedAt,
            )
              ? true
              : null,
          PATIENCE_MS,
        );
      } finally {
        await load.stop();
      }
      expect(Object.keys(countKinds(answers)).sort()).toEqual(expect.arrayContaining(['ECONNREFUSED', 'ok']));
      const before = answers.filter(
        ({ sentAt, durationMs }) => sentAt + durationMs < (killedAt[0] ?? 0) - 50,
      );
      expect(Object.keys(countKinds(before))).toEqual(['ok']);
      expect(await contradictionsIn(topology.databaseUrl, load.writers)).toEqual([]);
    }, 120_000);

    it('told to stop, answers what comes on connections that it keeps, and tells that they end', async () => {
      // Kept open, and used once more only after the signal: what a proxy's pool has.
      const kept = Array.from({ length: 40 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
      const askAll = (agents: Agent[]) =>
        Promise.all(agents.map((agent) => ask(agent, server.origin, { query: '{ model { version } }' })));
      const outcomes = (asked: Asked[]) => [
        ...new Set(asked.map(({ kind, connection }) => `${kind} ${connection}`)),
      ];
      expect(outcomes(await askAll(kept))).toEqual(['ok keep-alive']);
      server.child.kill('SIGTERM');
      await until(
        'it says that it is not ready',
        async () => {
          const answer = await fetch(`${server.origin}/readyz`, { headers: { connection: 'close' } });
          const { problem } = (await answer.json()) as { problem: string | null };
          return answer.status === 503 && problem === 'the server is stopping' ? true : null;
        },
        PATIENCE_MS,
      );
      expect(outcomes(await askAll(kept.slice(0, 20)))).toEqual(['ok close']);
      await until('nothing listens', async () => ((await accepts(port)) ? null : true), PATIENCE_MS);
      expect(outcomes(await askAll(kept.slice(20)))).toEqual(['ok close']);
      expect(await server.exited).toBe(0);
      for (const agent of kept) agent.destroy();
      expect(server.output()).not.toContain('connections cut');
    }, 60_000);
  });
}

it('told to stop under load behind a load balancer, loses no request', async () => {
  const servers = await Promise.all([model.startServer(), model.startServer()]);
  const [first, second] = servers;
  for (const { origin } of servers)
    await until(
      `${origin} is ready`,
      async () => ((await fetch(`${origin}/readyz`)).ok ? true : null),
      PATIENCE_MS,
    );
  const door = await model.openFrontDoor(servers, { probeEveryMs: 100 });
  const answers: Answer[] = [];
  const load = await Load.open({
    origin: door.origin,
    readers: 12,
    writers: 2,
    pauseMs: 5,
    onAnswer: (answer) => answers.push(answer),
  });
  load.start();
  const answered = (many: number) => {
    const goal = answers.length + many;
    return until(`${many} more answers`, async () => (answers.length >= goal ? true : null), PATIENCE_MS);
  };
  await answered(50);
  first?.child.kill('SIGTERM');
  expect(await first?.exited).toBe(0);
  const through = door.connections()[1];
  await answered(50);
  await load.stop();
  expect(door.connections()[1]).toBeGreaterThanOrEqual(through ?? 0);
  expect(countKinds(answers)).toEqual({ ok: answers.length });
  expect(first?.output()).not.toContain('connections cut');
  await second?.stop();
  expect(await contradictionsIn(model.databaseUrl, load.writers)).toEqual([]);
}, 60_000);

function sumOf({ writers }: Load): number {
  return writers.reduce((sum, { numAcknowledged }) => sum + numAcknowledged, 0);
}
