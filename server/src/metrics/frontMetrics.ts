import { ERROR_CODES } from '@pocketrocket/runtime';
import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AnsweredRequest } from '../http/answeredRequest.ts';
import type { LiveConnectionCounts } from '../http/live/liveRoom.ts';
import { stepTotals } from '../timing/stepTimes.ts';
import { addEventLoopMetrics } from './eventLoop.ts';
import { operationLabel } from './operationLabels.ts';
import { addSteps, type MetricsOfThread } from './threadMetrics.ts';

export interface FrontMetrics {
  observe: (request: AnsweredRequest) => void;
  /** Everything in Prometheus' text format, all threads included. */
  text: () => Promise<string>;
}

const API_PATH = '/graphql';
const ROUTES: ReadonlySet<string> = new Set([API_PATH, '/healthz', '/readyz', '/steptimes', '/config.js']);
const OVERLOADED = 503;
const OVER_BUDGET = 429;

/** Codes of errors besides those of `AppError`. */
const OTHER_CODES = [
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INTERNAL_SERVER_ERROR',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
];
const CODES: ReadonlySet<string> = new Set([...Object.keys(ERROR_CODES), ...OTHER_CODES]);

/** Limits of what is fast and what is slow, in seconds. */
const BUCKETS = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Measures the whole server.
 * @param threads the metrics of the API threads that answer
 * @param live the connections over which subscriptions are answered; null where there are none
 */
export function createFrontMetrics(
  threads: () => Promise<MetricsOfThread[]>,
  live: () => LiveConnectionCounts | null = () => null,
): FrontMetrics {
  const process = new Registry();
  collectDefaultMetrics({ register: process });
  const register = new Registry();
  register.setDefaultLabels({ thread: 'front' });
  addEventLoopMetrics(register);
  addSteps(register, { stepTotals });
  const observe = addRequests(process);
  addLive(process, live);
  const answering = new Gauge({
    name: 'pocketrocket_threads',
    help: 'API threads that answer.',
    registers: [process],
  });
  return {
    observe,
    async text() {
      const ofThreads = await threads();
      answering.set(ofThreads.length);
      const ofFront = [await process.getMetricsAsJSON(), await register.getMetricsAsJSON()];
      return AggregatorRegistry.aggregate([...ofFront, ...ofThreads]).metrics();
    },
  };
}

function addLive(register: Registry, live: () => LiveConnectionCounts | null): void {
  const registers = [register];
  new Gauge({
    name: 'pocketrocket_live_open',
    help: 'Connections over which subscriptions are answered, by transport.',
    labelNames: ['transport'],
    registers,
    collect() {
      const { websocket = 0, events = 0 } = live() ?? {};
      for (const [transport, count] of Object.entries({ websocket, events })) this.set({ transport }, count);
    },
  });
  new Counter({
    name: 'pocketrocket_live_dropped_total',
    help: 'Such connections that were cut: slow (took too little), silent (did not answer), flood (sent too much).',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset();
      for (const [reason, count] of Object.entries(live()?.dropped ?? {})) this.inc({ reason }, count);
    },
  });
}

function addRequests(register: Registry): FrontMetrics['observe'] {
  const registers = [register];
  const requests = new Counter({
    name: 'pocketrocket_http_requests_total',
    help: 'Requests by route and status; status 0 where the client went away.',
    labelNames: ['route', 'status'],
    registers,
  });
  const shed = new Counter({
    name: 'pocketrocket_shed_requests_total',
    help: 'Requests to the API that were answered 503: overload, deadlines, lost threads.',
    registers,
  });
  const refused = new Counter({
    name: 'pocketrocket_budget_refusals_total',
    help: 'Requests to the API that were refused because their budget was used up.',
    registers,
  });
  const duration = new Histogram({
    name: 'pocketrocket_operation_duration_seconds',
    help: "Time from a request's head to the end of its answer, by operation.",
    labelNames: ['operation'],
    buckets: BUCKETS,
    registers,
  });
  const failed = new Counter({
    name: 'pocketrocket_operations_failed_total',
    help: 'Operations with errors in their answer.',
    labelNames: ['operation'],
    registers,
  });
  const errors = new Counter({
    name: 'pocketrocket_errors_total',
    help: 'Errors in answers by code.',
    labelNames: ['code'],
    registers,
  });
  const cost = new Counter({
    name: 'pocketrocket_cost_units_total',
    help: 'Units that operations were estimated to cost: 50 microseconds of CPU each.',
    registers,
  });
  return ({ path, status, durationMs, outcome }) => {
    requests.inc({ route: ROUTES.has(path) ? path : 'portal', status: String(status ?? 0) });
    if (path !== API_PATH) return;
    if (status === OVERLOADED) shed.inc();
    if (status === OVER_BUDGET) refused.inc();
    if (outcome.isLive) return;
    const operation = operationLabel(outcome.operation);
    duration.observe({ operation }, durationMs / 1000);
    if (outcome.cost !== undefined) cost.inc(outcome.cost);
    if (!outcome.errorCodes) return;
    failed.inc({ operation });
    for (const code of outcome.errorCodes) errors.inc({ code: CODES.has(code) ? code : 'other' });
  };
}
