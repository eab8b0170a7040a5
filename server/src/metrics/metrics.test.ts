import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { portalOperations, until } from '@pocketrocket/testing';
import { silentLogger } from '../test/api.ts';
import { makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { createFrontMetrics } from './frontMetrics.ts';
import { startMetricsServer } from './metricsServer.ts';
import { operationLabel } from './operationLabels.ts';
import { PORTAL_OPERATIONS } from './portalOperations.ts';
import { createThreadMetrics } from './threadMetrics.ts';

const made = makeModel(makeFixture());
const gate = { decision: 'passed', forced: false, reasons: [], metric: 'ndcgAt10', users: 9 } as const;
const nothingServed = { candidate: null, popularity: null, serving: null, difference: null };
const model = { ...made, manifest: { ...made.manifest, gate: { ...gate, reasons: [], ...nothingServed } } };

const threadMetrics = (thread: number) =>
  createThreadMetrics({
    thread,
    stepTotals: () => ({ rank: { count: 3, totalMs: 1_500 } }),
    caches: () => [{ name: 'documents', bytes: 100 * thread, maxBytes: 1_000 }],
    writes: () => ({ failure: 'readOnly' as const, message: 'it is read-only' }),
    lists: () => [{ ranker: 'NEURAL_CF' as never, degraded: false, count: 7 }],
    live: () => ({ connections: 5, subscriptions: 6, waiting: 1, sent: 8, unchanged: 2, failed: 0 }),
    model: () => ({ model, problem: null }),
  });

/** The value of a series in Prometheus' text; undefined where it is not there. */
function valueOf(text: string, series: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length));
}

describe('metrics', () => {
  it('has a label for each operation of the portal, and none for what a stranger makes up', () => {
    const named = portalOperations({}).map(({ name }) => name);
    expect([...PORTAL_OPERATIONS].sort()).toEqual([...new Set(named)].sort());
    expect(['HomePage', 'x'.repeat(5_000), 'constructor', null].map(operationLabel)).toEqual([
      'HomePage',
      'other',
      'other',
      'none',
    ]);
  });

  it('adds up the front and its threads, each thread with series of its own', async () => {
    const threads = [threadMetrics(1), threadMetrics(2)];
    const { observe, text } = createFrontMetrics(() => Promise.all(threads.map((one) => one())));
    observe({ path: '/graphql', status: 200, durationMs: 30, outcome: { operation: 'HomePage', cost: 40 } });
    const errorCodes = ['NOT_FOUND', 'MADE_UP'];
    observe({
      path: '/graphql',
      status: 200,
      durationMs: 8_000,
      outcome: { operation: 'Made up', errorCodes },
    });
    observe({ path: '/graphql', status: 503, durationMs: 1, outcome: {} });
    observe({ path: '/graphql', status: 429, durationMs: 1, outcome: { errorCodes: ['RATE_LIMITED'] } });
    observe({ path: '/any/../path', status: null, durationMs: 1, outcome: {} });
    const told = await text();
    for (const [series, value] of [
      ['pocketrocket_http_requests_total{route="/graphql",status="200"}', 2],
      ['pocketrocket_http_requests_total{route="portal",status="0"}', 1],
      ['pocketrocket_shed_requests_total', 1],
      ['pocketrocket_budget_refusals_total', 1],
      ['pocketrocket_operation_duration_seconds_bucket{le="0.05",operation="HomePage"}', 1],
      ['pocketrocket_operation_duration_seconds_count{operation="other"}', 1],
      ['pocketrocket_operations_failed_total{operation="other"}', 1],
      ['pocketrocket_errors_total{code="NOT_FOUND"}', 1],
      ['pocketrocket_errors_total{code="other"}', 1],
      ['pocketrocket_cost_units_total', 40],
      ['pocketrocket_threads', 2],
      ['pocketrocket_step_seconds_total{step="rank",thread="1"}', 1.5],
      ['pocketrocket_steps_total{step="rank",thread="2"}', 3],
      ['pocketrocket_cache_bytes{cache="documents",thread="2"}', 200],
      ['pocketrocket_cache_max_bytes{cache="documents",thread="1"}', 1_000],
      ['pocketrocket_lists_total{ranker="NEURAL_CF",degraded="false",thread="1"}', 7],
      ['pocketrocket_model_version{thread="2"}', model.version],
      ['pocketrocket_model_gate{decision="passed",forced="false",thread="1"}', 1],
      [
        'pocketrocket_model_trained_timestamp_seconds{thread="1"}',
        Date.parse(model.manifest.createdAt) / 1000,
      ],
    ] as const)
      expect([series, valueOf(told, series)]).toEqual([series, value]);
    for (const thread of ['front', '1', '2'])
      expect(told).toContain(`pocketrocket_event_loop_delay_seconds{quantile="1",thread="${thread}"}`);
    expect(told).toContain('process_resident_memory_bytes ');
    expect(told).not.toMatch(/Made|MADE|any/);
    // A second look tells the same, not twice as much.
    expect(valueOf(await text(), 'pocketrocket_steps_total{step="rank",thread="1"}')).toBe(3);
  });
});

describe('dashboard and alert rules', () => {
  it.each(['dashboard.json', 'alerts.yaml'])(
    '%s asks only for metrics and labels that there are',
    async (file) => {
      const { observe, text } = createFrontMetrics(async () => [await threadMetrics(1)()]);
      const outcome = { operation: 'HomePage', errorCodes: ['NOT_FOUND'] };
      observe({ path: '/graphql', status: 200, durationMs: 1, outcome });
      const told = await text();
      const asked = readFileSync(join(import.meta.dirname, '../../../docker/monitoring', file), 'utf8');
      const names = new Set(asked.match(/(pocketrocket|process)_[a-z_]+/g));
      expect(names.size).toBeGreaterThan(8);
      for (const name of names) if (!told.includes(`\n${name}`)) expect(`${name} is told`).toBe(name);
      for (const [, labels = ''] of asked.matchAll(/ by \(([^)]+)\)/g))
        for (const label of labels.split(', ').filter((one) => one !== 'instance'))
          expect(told).toContain(`${label}="`);
    },
  );
});

describe('the port of metrics', () => {
  let stop: (() => void) | undefined;
  afterEach(() => stop?.());

  it('tells metrics and nothing else', async () => {
    const metrics = createFrontMetrics(async () => []);
    const server = await startMetricsServer({ host: '127.0.0.1', port: 0, metrics, logger: silentLogger });
    ({ stop } = server);
    const answer = await fetch(`${server.url}/metrics`);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await answer.text()).toMatch(/^# HELP /);
    for (const path of ['/', '/graphql']) expect((await fetch(server.url + path)).status).toBe(404);
    expect((await fetch(`${server.url}/metrics`, { method: 'POST' })).status).toBe(404);
    await until('the loop was measured', async () =>
      (await metrics.text()).includes('pocketrocket_event_loop_active_seconds_total{thread="front"}'),
    );
  });
});
