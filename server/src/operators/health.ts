import type { Budgets, CacheUse, Health, StepTime } from '@pocketrocket/schema';
import type { Config } from '@pocketrocket/runtime';
import { sumOfClientUse } from '../budgets/clientUse.ts';
import type { Readiness } from '../model/readiness.ts';
import { sumOfStepTimes } from '../timing/stepTimes.ts';
import type { ServerState, ThreadState } from './serverState.ts';

/** A server's state as operators are told it. */
export function healthOf({ front, threads, readiness }: ServerState): Health {
  const lists = threads.flatMap((thread) => thread.lists);
  const listCount = sum(lists.map(({ count }) => count));
  const degradedListCount = sum(lists.filter(({ degraded }) => degraded).map(({ count }) => count));
  const { requestCount, failedRequestCount, shedRequestCount, totalMs, memoryBytes } = front;
  return {
    isReady: readiness.ready,
    problems: problemsOf(readiness),
    dataset: readiness.dataset,
    modelVersion: textOf(readiness.modelVersion),
    rankerVersion: textOf(readiness.rankerVersion),
    startedAt: new Date(front.startedAtMs),
    threadCount: threads.length,
    ...{ requestCount, failedRequestCount, shedRequestCount },
    meanRequestMs: requestCount === 0 ? null : totalMs / requestCount,
    listCount,
    degradedListCount,
    degradedShare: listCount === 0 ? null : degradedListCount / listCount,
    memoryBytes,
    caches: cachesOf(threads),
    steps: stepsOf(threads),
  };
}

/** The settings of budgets, and who uses them. */
export function budgetsOf(
  { front, threads }: ServerState,
  config: Pick<
    Config,
    | 'budgetBurst'
    | 'budgetPerSecond'
    | 'budgetAccountPerSecond'
    | 'budgetKeyPerSecond'
    | 'maxCost'
    | 'redisUrl'
  >,
): Budgets {
  const { sinceMs, clients } = sumOfClientUse(
    [front.use, ...threads.map(({ use }) => use)],
    front.startedAtMs,
  );
  return {
    isOn: config.budgetPerSecond > 0,
    burst: config.budgetBurst,
    perSecond: config.budgetPerSecond,
    accountPerSecond: config.budgetAccountPerSecond,
    keyPerSecond: config.budgetKeyPerSecond,
    maxCost: config.maxCost,
    isShared: config.redisUrl !== null,
    refusedCount: front.refusedRequestCount,
    since: new Date(sinceMs),
    clients: clients.map(({ key, units, refused }) => ({ client: key, units, refusedCount: refused })),
  };
}

function problemsOf(readiness: Readiness): string[] {
  const { problem, rankerProblem, databaseProblem, writeProblem, redisProblem } = readiness;
  const all = [problem, databaseProblem, writeProblem, redisProblem, rankerProblem];
  return [...new Set(all.filter((one) => one !== null))];
}

function cachesOf(threads: readonly ThreadState[]): CacheUse[] {
  const byName = new Map<string, CacheUse>();
  for (const { name, bytes, maxBytes } of threads.flatMap(({ caches }) => caches)) {
    const before = byName.get(name) ?? { name, bytes: 0, maxBytes: 0 };
    byName.set(name, { name, bytes: before.bytes + bytes, maxBytes: before.maxBytes + maxBytes });
  }
  return [...byName.values()];
}

function stepsOf(threads: readonly ThreadState[]): StepTime[] {
  return Object.entries(sumOfStepTimes(threads.map(({ steps }) => steps)))
    .filter(([, { count }]) => count > 0)
    .map(([step, { count, totalMs }]) => ({ step, count, meanMs: totalMs / count }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function textOf(version: number | null): string | null {
  return version === null ? null : String(version);
}
