import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { until } from '@pocketrocket/testing';
import { spawnServer, type ServerProcess } from '../test/serverProcess.ts';

let home: string;
let server: ServerProcess | undefined;
afterAll(async () => {
  server?.child.kill('SIGKILL');
  await server?.exited;
  await rm(home, { recursive: true });
});

it('two threads charge one budget, and the port of metrics tells of refusals', async () => {
  home = await mkdtemp(join(tmpdir(), 'pocketrocket-budget-'));
  server = spawnServer({
    POCKETROCKET_HOME: home,
    WORKERS: '2',
    MAX_COST: '100',
    BUDGET_BURST: '500',
    BUDGET_PER_SECOND: '0.001',
    METRICS_PORT: '0',
  });
  const url = await server.url;
  const metricsUrl = /"url":"([^"]+\/metrics)"/.exec(server.stderr())?.[1] ?? '';
  const metrics = async () => (await fetch(metricsUrl)).text();
  await until(
    'both threads answer',
    async () => (await metrics()).includes('pocketrocket_threads 2\n'),
    30_000,
  );
  const ask = () =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
  const first = (await (await ask()).json()) as { extensions: { cost: { requested: number } } };
  const { requested } = first.extensions.cost;
  const answers = await Promise.all(Array.from({ length: 100 }, ask));
  const allowed = answers.filter(({ status }) => status === 200).length;
  expect(allowed).toBe(Math.floor((500 - requested) / requested));
  expect(answers.filter(({ status }) => status === 429)).toHaveLength(100 - allowed);

  // A thread that does not answer at once is left out.
  const told = await until('both threads tell', async () => {
    const text = await metrics();
    return [1, 2].every((thread) => text.includes(`thread="${thread}"`)) && text;
  });
  expect(told).toContain(`pocketrocket_budget_refusals_total ${100 - allowed}\n`);
  for (const thread of [1, 2])
    expect(told).toMatch(new RegExp(`pocketrocket_steps_total{step="answer",thread="${thread}"} [1-9]`));
});
