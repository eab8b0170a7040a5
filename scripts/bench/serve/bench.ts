import { join, resolve } from 'node:path';
import { isDislike } from '@pocketrocket/engine';
import { AppError } from '@pocketrocket/runtime';
import { built } from '../../lib/processes.ts';
import {
  startReadyServer,
  startServerProcess,
  type Environment,
  type RunningServer,
} from '../../topology/processes.ts';
import { openCollector } from './collector.ts';
import { compareServers, variantsOf, withTraces } from './compare.ts';
import { generateLoad, graphqlRequest } from './load.ts';
import { usageOf, type Usage } from './procStat.ts';
import { expectedServed, QUERY } from './query.ts';
import { embeddedEnvironment, prepareHome, withHome } from './home.ts';
import type { SyntheticSize } from './synthetic.ts';

export interface ServeBenchOptions extends SyntheticSize {
  /** A data set's name or path, or `synthetic`. */
  data: string;
  concurrency: number[];
  seconds: number;
  home?: string | undefined;
  stack: 'embedded' | 'full';
  /** True to cache no profiles, as if every user came only once. */
  cold: boolean;
  /** Numbers of API threads to compare; none to measure the default in detail. */
  workers?: number[] | undefined;
  /** Another checkout, built, to compare with. */
  against?: string | undefined;
  rounds: number;
  /** With `workers`: what sending traces costs. */
  traces: boolean;
}

/** Users asked in turn, at most. */
const MAX_USERS = 20_000;
const CANDIDATES = 500;
/** Until V8 has made fast code of what runs for every request. */
const WARM_UP_REQUESTS = 5_000;

/** Serves a data set from processes of its own and prints requests per second, latency, CPU and memory of each, and time by step. */
export async function benchServe(options: ServeBenchOptions): Promise<void> {
  await withHome(options.home, (home) => benchIn(home, options));
}

async function benchIn(home: string, options: ServeBenchOptions): Promise<void> {
  const env = environmentOf(options, home);
  const running: [string, RunningServer][] = [];
  try {
    await prepareHome(options, home, env);
    if (options.stack === 'full') {
      const run = built('model-server', ['--dir', join(home, 'models'), '--port', '0']);
      const modelServer = await startServerProcess(run, env, '/v1/models/recmodel');
      running.push(['model server', modelServer]);
      Object.assign(env, { RANKER: 'tf-serving', TF_SERVING_URL: modelServer.origin });
    }
    if (options.workers) {
      process.stdout.write(`${titleOf(options)}\n`);
      const plain = variantsOf(options.workers, options.against && resolve(options.against));
      const collector = options.traces ? await openCollector() : null;
      if (collector) running.push(['collector', collector]);
      const variants = collector ? withTraces(plain, collector.origin) : plain;
      return await compareServers(variants, env, options, async ({ origin }) => {
        const requests = await requestsFor(origin);
        const port = Number(new URL(origin).port);
        const expected = expectedServed(CANDIDATES);
        return (concurrency, seconds) => ({ port, requests, concurrency, seconds, expected });
      });
    }
    const server = await startReadyServer(built('server'), env);
    running.unshift(['server', server]);
    process.stdout.write(`${titleOf(options)}\n`);
    await measureAll(options, server, running);
  } finally {
    for (const [, process] of running) await process.stop();
  }
}

function environmentOf({ stack, cold }: ServeBenchOptions, home: string): Environment {
  const env: Environment = {
    ...embeddedEnvironment(home),
    STEP_TIMES: 'true',
    ...(cold && { PROFILE_RATINGS: '0' }),
  };
  if (stack === 'embedded') return env;
  const { DATABASE_URL, REDIS_URL, RANKER, MODEL_DIR } = process.env;
  if (DATABASE_URL === undefined || REDIS_URL === undefined)
    throw new AppError(
      'CONFIG_INVALID',
      '--stack full needs DATABASE_URL, an empty database, and REDIS_URL; the bench starts the model server',
    );
  return { ...env, DATABASE_URL, REDIS_URL, RANKER, MODEL_DIR };
}

async function measureAll(
  options: ServeBenchOptions,
  server: RunningServer,
  running: readonly (readonly [string, RunningServer])[],
): Promise<void> {
  const requests = await requestsFor(server.origin);
  const port = Number(new URL(server.origin).port);
  const load = (concurrency: number, seconds: number, atLeast = 0) =>
    generateLoad({ port, requests, concurrency, seconds, atLeast, expected: expectedServed(CANDIDATES) });
  await load(16, options.seconds / 2, WARM_UP_REQUESTS);
  for (const concurrency of options.concurrency) {
    await fetch(`${server.origin}/steptimes`);
    const before = running.map(([, { child }]) => usageOf(child.pid));
    const { latencies, seconds, cpuSeconds } = await load(concurrency, options.seconds);
    const quantile = (share: number) =>
      (latencies[Math.floor(share * (latencies.length - 1))] ?? 0).toFixed(1);
    const usages = running.map(([name, { child }], index) =>
      usageText(name, before[index] ?? null, usageOf(child.pid), seconds),
    );
    process.stdout.write(
      [
        `concurrency ${concurrency}: ${(latencies.length / seconds).toFixed(0)} requests/s`,
        `latency ms p50 ${quantile(0.5)} p95 ${quantile(0.95)} p99 ${quantile(0.99)}`,
        ...usages,
        `generator ${((100 * cpuSeconds) / seconds).toFixed(0)} % CPU`,
      ].join('; ') + '\n',
    );
    if (concurrency === 1) process.stdout.write(await stepText(server.origin, latencies));
  }
}

async function requestsFor(origin: string): Promise<string[]> {
  return (await userIds(origin)).map((userId) => graphqlRequest(QUERY, { userId }));
}

/** The users who like something, ascending, at most so many: whoever likes nothing gets what is popular. */
async function userIds(origin: string): Promise<number[]> {
  const ids: number[] = [];
  let after: string | null = null;
  do {
    const query = `query ($after: String) { users(orderBy: USER_ID_ASC, first: 100, after: $after) { nodes { userId highestRating } pageInfo { hasNextPage endCursor } } }`;
    const answer = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { after } }),
    });
    const { data } = (await answer.json()) as UserPage;
    ids.push(
      ...data.users.nodes
        .filter(({ highestRating }) => highestRating !== null && !isDislike(highestRating))
        .map(({ userId }) => userId),
    );
    after = data.users.pageInfo.hasNextPage ? data.users.pageInfo.endCursor : null;
  } while (after !== null && ids.length < MAX_USERS);
  return ids;
}

interface UserPage {
  data: {
    users: {
      nodes: { userId: number; highestRating: number | null }[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    };
  };
}

/** Mean milliseconds of each step, one request at a time, so that no step waits for another request's. */
async function stepText(origin: string, latencies: readonly number[]): Promise<string> {
  const answer = await fetch(`${origin}/steptimes`);
  const times = (await answer.json()) as Record<string, { count: number; totalMs: number }>;
  const mean = latencies.reduce((sum, latency) => sum + latency, 0) / latencies.length;
  const steps = Object.entries(times).map(
    ([step, { count, totalMs }]) => `${step} ${(totalMs / count).toFixed(3)}`,
  );
  return `  ms by step: ${steps.join(', ')}; from the client's side ${mean.toFixed(3)}\n`;
}

function usageText(name: string, before: Usage | null, after: Usage | null, seconds: number): string {
  if (!before || !after) return `${name}: unknown`;
  const cpu = (100 * (after.cpuSeconds - before.cpuSeconds)) / seconds;
  return `${name} ${cpu.toFixed(0)} % CPU, ${after.megabytes.toFixed(0)} MB`;
}

function titleOf({ data, stack, cold, movies, users, ratingsPerUser }: ServeBenchOptions): string {
  const size =
    data === 'synthetic'
      ? ` (${movies} movies, ${users} users of ${ratingsPerUser} ratings, quick recipe)`
      : '';
  return `data ${data}${size}, ${stack}, profiles ${cold ? 'made for every request' : 'kept'}`;
}
