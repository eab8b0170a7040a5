import { Counter, Gauge, Registry } from 'prom-client';
import type { CacheSize } from '../caches/registry.ts';
import type { LiveCounts } from '../live/liveCounts.ts';
import type { ListCount } from '../lists/listCounts.ts';
import type { ModelState } from '../model/modelWatcher.ts';
import type { StepTimes } from '../timing/stepTimes.ts';
import type { WriteFailure, WriteProblem } from '@pocketrocket/schema/database';
import { addEventLoopMetrics } from './eventLoop.ts';

/** The parts of an API thread that are measured. */
export interface ThreadSources {
  /** Its number. */
  thread: number;
  /** The time of each step since the thread began. */
  stepTotals: () => StepTimes;
  caches: () => CacheSize[];
  lists: () => ListCount[];
  live: () => LiveCounts & { connections: number; waiting: number };
  model: () => ModelState;
  /** Why the database takes no writes; null where it does. */
  writes: () => WriteProblem | null;
}

/** Metrics as they travel from a thread to the front. */
export type MetricsOfThread = Awaited<ReturnType<Registry['getMetricsAsJSON']>>;

/** Measures an API thread. @returns reads its metrics, each labelled with its number */
export function createThreadMetrics(sources: ThreadSources): () => Promise<MetricsOfThread> {
  const register = new Registry();
  register.setDefaultLabels({ thread: String(sources.thread) });
  addEventLoopMetrics(register);
  addSteps(register, sources);
  addCaches(register, sources);
  addModel(register, sources);
  addWrites(register, sources);
  addLive(register, sources);
  new Counter({
    name: 'pocketrocket_lists_total',
    help: 'Lists of recommendations that were made, by ranker and whether something was missing.',
    labelNames: ['ranker', 'degraded'],
    registers: [register],
    collect() {
      this.reset();
      for (const { ranker, degraded, count } of sources.lists())
        this.inc({ ranker, degraded: String(degraded) }, count);
    },
  });
  new Gauge({
    name: 'pocketrocket_thread_heap_bytes',
    help: 'Heap in use.',
    registers: [register],
    collect() {
      this.set(process.memoryUsage().heapUsed);
    },
  });
  return () => register.getMetricsAsJSON();
}

/** Adds the time of each step that this thread does. */
export function addSteps(register: Registry, { stepTotals }: Pick<ThreadSources, 'stepTotals'>): void {
  const labelNames = ['step'];
  new Counter({
    name: 'pocketrocket_step_seconds_total',
    help: 'Time between begin and end of each step of a request, waiting included.',
    labelNames,
    registers: [register],
    collect() {
      this.reset();
      for (const [step, { totalMs, count }] of Object.entries(stepTotals()))
        if (count > 0) this.inc({ step }, totalMs / 1000);
    },
  });
  new Counter({
    name: 'pocketrocket_steps_total',
    help: 'Steps that were done.',
    labelNames,
    registers: [register],
    collect() {
      this.reset();
      for (const [step, { count }] of Object.entries(stepTotals())) if (count > 0) this.inc({ step }, count);
    },
  });
}

function addCaches(register: Registry, { caches }: ThreadSources): void {
  const labelNames = ['cache'];
  new Gauge({
    name: 'pocketrocket_cache_bytes',
    help: 'Bytes that a cache holds, as estimated.',
    labelNames,
    registers: [register],
    collect() {
      for (const { name, bytes } of caches()) this.set({ cache: name }, bytes);
    },
  });
  new Gauge({
    name: 'pocketrocket_cache_max_bytes',
    help: 'Bytes that a cache may hold.',
    labelNames,
    registers: [register],
    collect() {
      for (const { name, maxBytes } of caches()) this.set({ cache: name }, maxBytes);
    },
  });
}

const WRITE_FAILURES = ['readOnly', 'denied', 'full', 'moved'] as const satisfies readonly WriteFailure[];

function addWrites(register: Registry, { writes }: ThreadSources): void {
  new Gauge({
    name: 'pocketrocket_database_refuses_writes',
    help: '1 while the database takes no writes, by reason: readOnly, denied, full, moved.',
    labelNames: ['reason'],
    registers: [register],
    collect() {
      const failure = writes()?.failure ?? null;
      for (const reason of WRITE_FAILURES) this.set({ reason }, reason === failure ? 1 : 0);
    },
  });
}

function addLive(register: Registry, { live }: ThreadSources): void {
  const gauges = [
    ['connections', 'Connections over which a thread answers subscriptions.'],
    ['subscriptions', 'Subscriptions that are open.'],
    ['waiting', 'Answers of subscriptions that wait to be made.'],
  ] as const;
  for (const [what, help] of gauges)
    new Gauge({
      name: `pocketrocket_live_${what}`,
      help,
      registers: [register],
      collect() {
        this.set(live()[what]);
      },
    });
  new Counter({
    name: 'pocketrocket_live_answers_total',
    help: 'Answers of subscriptions that were made: sent, unchanged (as the one before, and not sent), failed.',
    labelNames: ['outcome'],
    registers: [register],
    collect() {
      this.reset();
      const { sent, unchanged, failed } = live();
      for (const [outcome, count] of Object.entries({ sent, unchanged, failed }))
        this.inc({ outcome }, count);
    },
  });
}

function addModel(register: Registry, { model }: ThreadSources): void {
  new Gauge({
    name: 'pocketrocket_model_version',
    help: 'Version of the model that serves; 0 without one.',
    registers: [register],
    collect() {
      this.set(model().model?.version ?? 0);
    },
  });
  new Gauge({
    name: 'pocketrocket_model_trained_timestamp_seconds',
    help: 'When the model that serves was trained; absent without one.',
    registers: [register],
    collect() {
      this.reset();
      const { model: serving } = model();
      if (serving) this.set(Date.parse(serving.manifest.createdAt) / 1000);
      else this.remove();
    },
  });
  new Gauge({
    name: 'pocketrocket_model_gate',
    help: 'The decision of the gate on the model that serves.',
    labelNames: ['decision', 'forced'],
    registers: [register],
    collect() {
      this.reset();
      const gate = model().model?.manifest.gate;
      if (gate) this.set({ decision: gate.decision, forced: String(gate.forced) }, 1);
    },
  });
}
