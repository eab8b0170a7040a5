/** A well-behaved client and a health probe, in a process of its own. Gets its orders by IPC. */
import { setTimeout as sleep } from 'node:timers/promises';
import { QUERY } from '../serve/query.ts';
import { createClient } from './client.ts';

export interface BystanderOrders {
  port: number;
  userIds: readonly number[];
  seconds: number;
  /** Milliseconds between its requests. */
  pauseMs: number;
}

export interface BystanderOutcome {
  /** Milliseconds of each answer, ascending. */
  latencies: number[];
  /** The same of `/healthz`. */
  health: number[];
  /** Answers that were none, or not the expected ones. */
  wrong: number;
}

const PROBE_EVERY_MS = 50;

process.once('message', (orders: BystanderOrders) => {
  void watch(orders).then((outcome) => process.send?.(outcome, () => process.disconnect()));
});

async function watch({ port, userIds, seconds, pauseMs }: BystanderOrders): Promise<BystanderOutcome> {
  const until = performance.now() + 1000 * seconds;
  const outcome: BystanderOutcome = { latencies: [], health: [], wrong: 0 };
  const asking = async () => {
    const client = createClient(port, '127.0.2.1');
    for (let at = 0; performance.now() < until; at++) {
      const userId = userIds[at % userIds.length];
      const { status, text, milliseconds } = await client.send(
        '/graphql',
        JSON.stringify({ query: QUERY, variables: { userId } }),
      );
      outcome.latencies.push(milliseconds);
      if (status !== 200 || text.includes('"errors"')) outcome.wrong++;
      await sleep(pauseMs);
    }
    client.close();
  };
  const probing = async () => {
    const client = createClient(port, '127.0.2.2');
    while (performance.now() < until) {
      const { status, milliseconds } = await client.send('/healthz');
      outcome.health.push(milliseconds);
      if (status !== 200) outcome.wrong++;
      await sleep(PROBE_EVERY_MS);
    }
    client.close();
  };
  await Promise.all([asking(), probing()]);
  for (const list of [outcome.latencies, outcome.health]) list.sort((a, b) => a - b);
  return outcome;
}
