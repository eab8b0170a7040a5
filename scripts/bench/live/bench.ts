import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AppError } from '@pocketrocket/runtime';
import { freePort, until } from '@pocketrocket/testing';
import { built, runStep } from '../../lib/processes.ts';
import { startReadyServer, type Environment, type RunningServer } from '../../topology/processes.ts';
import { ask } from '../cost/world.ts';
import { embeddedEnvironment, NO_SYNTHETIC, prepareHome, withHome } from '../serve/home.ts';
import { metricValues } from '../serve/metricValues.ts';
import { usageOf } from '../serve/procStat.ts';
import { slopesOfParts } from '../soak/memoryParts.ts';
import type { CrowdNews, CrowdOrders } from './crowd.ts';
import { LISTS, subscribe, type List } from './liveClient.ts';
import { inWords, SETTLING_SHARE, watchMemory } from './memory.ts';

export interface LiveBenchOptions {
  data: string;
  subscribers: number;
  /** Ratings that are given, one after the other. */
  ratings: number;
  /** Minutes for which memory is watched while subscribers come and go; 0 to measure the rest alone. */
  minutes: number;
  home?: string | undefined;
}

const PROBE = new URL('../soak/memoryProbe.js', import.meta.url);
const CROWD = fileURLToPath(new URL('./crowd.ts', import.meta.url));
/** Accounts that rate. */
const RATERS = 20;
/** A list is there so soon after its rating, and all are so soon after a publication. */
const MOST_RATING_MS = 250;
const MOST_PUBLICATION_MS = 30_000;
/** Kilobytes of the server for each subscriber. */
const MOST_KB = 64;
const PAUSE_MS = 20;
/** While memory is watched, so often a subscriber leaves for another, and somebody rates. */
const CHURN_MS = 50;
const RATING_EVERY_MS = 500;
/** As long as a list is waited for, on a machine that is busy otherwise. */
const LIST_WITHIN_MS = 60_000;
const FILLING_ROUNDS = 6;
/** Caches are full when so many ratings add no more to them. */
const FILLING_RATINGS = 200;
const FULL_MB = 0.5;
const OPENING_MS = 600_000;
const PAGE = 100;
/** Users whose ratings are read so that SQLite's cache is full. */
const MOST_STORED = 2_000;

/** Access tokens are valid for 15 minutes: others sign up before. */
const SIGNED_IN_MS = 600_000;

const USERS =
  'query ($after: String) { users(first: 100, after: $after) { nodes { userId } pageInfo { hasNextPage endCursor } } }';
const RATINGS =
  'query ($userId: Int!) { user(userId: $userId) { ratings(first: 100) { nodes { rating movie { movieId title genres { name } } } } } }';
const SIGN_UP = 'mutation ($input: SignUpInput!) { signUp(input: $input) { token user { userId } } }';
const RATE = 'mutation ($input: RateMovieInput!) { rateMovie(input: $input) { rating { rating } } }';

/**
 * Serves lists live to many subscribers, and prints how long a list takes after a rating, how long all take after a publication, and what a
 * subscriber costs in memory.
 * @throws AppError QUALITY_GATE where it is too much
 */
export async function benchLive(options: LiveBenchOptions): Promise<void> {
  await withHome(options.home, async (home) => {
    const env = {
      ...embeddedEnvironment(home),
      LIVE_CONNECTIONS: String(2 * options.subscribers + RATERS),
      LIVE_CONNECTIONS_PER_ADDRESS: String(2 * options.subscribers + RATERS),
      SIGN_UPS_PER_ADDRESS: '1000',
      METRICS_PORT: String(await freePort()),
    };
    await prepareHome({ ...NO_SYNTHETIC, data: options.data }, home, env);
    // A second version, to be published while lists are subscribed to.
    await runStep(
      'the second training',
      built('trainer', ['train', '--quick', '--force', '--only', 'fit,publish']),
      { env },
    );
    await runStep('the publication', built('trainer', ['publish', '1']), { env });
    const memoryDir = await mkdtemp(join(tmpdir(), 'pocketrocket-memory-'));
    const probe = { NODE_OPTIONS: `--import ${PROBE.href}`, SOAK_MEMORY_DIR: memoryDir };
    const server = await startReadyServer(built('server'), { ...env, ...(options.minutes > 0 && probe) });
    try {
      const problems = await measure(server, env, { ...options, memoryDir });
      if (problems.length > 0) throw new AppError('QUALITY_GATE', problems.join('\n'));
    } finally {
      await server.stop();
      await rm(memoryDir, { recursive: true });
    }
  });
}

async function measure(
  server: RunningServer,
  env: Environment,
  { subscribers, ratings, minutes, memoryDir }: LiveBenchOptions & { memoryDir: string },
): Promise<string[]> {
  const { origin } = server;
  const megabytes = () => usageOf(server.child.pid)?.megabytes ?? NaN;
  const { data } = await ask<{ data: { users: { nodes: { userId: number }[] } } }>(origin, USERS);
  const raters = await Promise.all(Array.from({ length: RATERS }, (_, at) => openRater(origin, at)));
  const userIds = data.users.nodes.map(({ userId }) => userId);
  await fillCaches(origin, userIds);
  const before = megabytes();
  const crowd = await gather({
    origin,
    count: subscribers - RATERS,
    userIds,
    churnMs: minutes > 0 ? CHURN_MS : 0,
  });
  try {
    const opened = megabytes();
    const kilobytes = (1024 * (opened - before)) / (subscribers - RATERS);
    tell(
      `${subscribers} subscribers, opened in ${crowd.seconds.toFixed(1)} s: ${kilobytes.toFixed(1)} kB of the server each`,
    );
    const times = await rateInTurn(origin, raters, ratings);
    const quantile = (share: number) => times[Math.ceil(share * times.length) - 1] ?? NaN;
    tell(
      `rating to list: p50 ${quantile(0.5).toFixed(1)} ms, p99 ${quantile(0.99).toFixed(1)} ms, longest ${quantile(1).toFixed(1)} ms`,
    );
    const { ms, healthMs } = await publish(origin, env, crowd);
    tell(
      `publication to all lists: ${(ms / 1000).toFixed(1)} s; /healthz meanwhile in ${healthMs.toFixed(0)} ms at most`,
    );
    tell(
      `memory of the server: ${before.toFixed(0)} MB, ${opened.toFixed(0)} with all, ${megabytes().toFixed(0)} at the end`,
    );
    const inCaches = async () => {
      const sizes = await metricValues(env['METRICS_PORT'], /^pocketrocket_cache_bytes\{.*\} (.+)$/gm);
      return sizes.reduce((sum, bytes) => sum + bytes, 0) / 2 ** 20;
    };
    const growth = await watch(server, crowd, { raters, minutes, inCaches, memoryDir });
    return [
      growth,
      quantile(0.99) > MOST_RATING_MS ? `a list took ${quantile(0.99).toFixed(0)} ms after its rating` : '',
      ms > MOST_PUBLICATION_MS ? `lists took ${ms.toFixed(0)} ms after a publication` : '',
      kilobytes > MOST_KB ? `a subscriber took ${kilobytes.toFixed(0)} kB` : '',
    ].filter(Boolean);
  } finally {
    crowd.child.kill('SIGKILL');
  }
}

/**
 * Watches the server's memory while subscribers come and go and somebody rates. Its threads collect their garbage meanwhile, so that what
 * grows is what something holds. @returns what is wrong with it
 */
async function watch(
  { origin, child }: RunningServer,
  crowd: Crowd,
  {
    raters,
    minutes,
    inCaches,
    memoryDir,
  }: { raters: readonly Rater[]; minutes: number; inCaches: () => Promise<number>; memoryDir: string },
): Promise<string> {
  if (minutes === 0) return '';
  let at = 0;
  let current = raters;
  let signedUpAt = performance.now();
  const rateOnce = async () => {
    if (performance.now() - signedUpAt > SIGNED_IN_MS) {
      current = await Promise.all(raters.map((_, number) => openRater(origin, number)));
      signedUpAt = performance.now();
    }
    await rateInTurn(
      origin,
      [current[at++ % current.length]].flatMap((one) => one ?? []),
      1,
    );
    const problem = crowd.news()?.problem;
    if (problem) throw new AppError('BAD_DATA', problem);
  };
  // Each rating makes a profile and a list of its own: what caches grow to, up to their bounds, is no leak.
  let cachedBefore = await inCaches();
  for (let added = Infinity; added > FULL_MB;) {
    for (let count = 0; count < FILLING_RATINGS; count++) await rateOnce();
    const cached = await inCaches();
    added = cached - cachedBefore;
    cachedBefore = cached;
  }
  tell(`caches are full after ${at} ratings`);
  const numToFill = at;
  await writeFile(join(memoryDir, 'collect'), '');
  const since = Date.now();
  const before = crowd.news()?.left ?? 0;
  const round = async () => {
    await rateOnce();
    await sleep(RATING_EVERY_MS);
  };
  const growth = await watchMemory({ pid: child.pid, minutes, round, tell });
  const settledAt = since + SETTLING_SHARE * (Date.now() - since);
  for (const { thread, part, megabytes, ...line } of await slopesOfParts(memoryDir, settledAt))
    tell(`  thread ${thread}, ${part}: ${inWords(line)}, ${megabytes.toFixed(1)} MB at the end`);
  tell(`caches held ${cachedBefore.toFixed(1)} MB before, and ${(await inCaches()).toFixed(1)} MB after`);
  tell(
    `${(crowd.news()?.left ?? 0) - before} subscribers left for others, and ${at - numToFill} ratings were given meanwhile`,
  );
  return growth;
}

/**
 * Asks for all lists, and for what the database holds of them, on each thread, so that caches are not taken for what subscribers cost:
 * SQLite keeps up to 16 MB of its file for each thread, too.
 */
async function fillCaches(origin: string, userIds: readonly number[]): Promise<void> {
  const query = LISTS.replace('subscription', 'query')
    .replace('recommendationsChanged(userId: $userId,', 'user(userId: $userId) { recommendations(')
    .concat(' }');
  const stored = await allUserIds(origin);
  for (let round = 0; round < FILLING_ROUNDS; round++) {
    await Promise.all(userIds.map((userId) => ask(origin, query, { userId })));
    for (let start = 0; start < stored.length; start += PAGE)
      await Promise.all(stored.slice(start, start + PAGE).map((userId) => ask(origin, RATINGS, { userId })));
  }
}

/** The numbers of as many users as fill SQLite's cache. */
async function allUserIds(origin: string): Promise<number[]> {
  const userIds: number[] = [];
  for (let after: string | null = null; userIds.length < MOST_STORED;) {
    const { data }: { data: { users: UsersPage } } = await ask(origin, USERS, { after });
    userIds.push(...data.users.nodes.map(({ userId }) => userId));
    if (!data.users.pageInfo.hasNextPage) break;
    after = data.users.pageInfo.endCursor;
  }
  return userIds;
}

interface UsersPage {
  nodes: { userId: number }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

interface Rater {
  token: string;
  list: List | null;
  listAt: number;
}

async function openRater(origin: string, number: number): Promise<Rater> {
  const name = `rater${number}`;
  const input = { name, email: `${name}-${Date.now()}@example.org`, password: 'correct horse' };
  const { data } = await ask<{ data: { signUp: { token: string } } }>(origin, SIGN_UP, { input });
  const rater: Rater = { token: data.signUp.token, list: null, listAt: 0 };
  await subscribe({
    ...{ origin, userId: null, token: rater.token },
    onList(list) {
      rater.list = list;
      rater.listAt = performance.now();
    },
  });
  return rater;
}

/** Each rates the best movie of the list at hand. @returns milliseconds from the request to the next list, ascending */
async function rateInTurn(origin: string, raters: readonly Rater[], count: number): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < count; at++) {
    const rater = raters[at % raters.length];
    const movieId = rater?.list?.nodes[0]?.movie.movieId;
    if (!rater || movieId === undefined) throw new AppError('BAD_DATA', 'a list is empty');
    rater.list = null;
    const begunAt = performance.now();
    const answer = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${rater.token}` },
      body: JSON.stringify({ query: RATE, variables: { input: { movieId, rating: 5 } } }),
    });
    const { errors } = (await answer.json()) as { errors?: { message: string }[] };
    if (errors?.[0]) throw new AppError('BAD_DATA', `a rating was refused: ${errors[0].message}`);
    await until('the next list', () => rater.list, LIST_WITHIN_MS);
    times.push(rater.listAt - begunAt);
    await sleep(PAUSE_MS);
  }
  return times.sort((a, b) => a - b);
}

interface Crowd {
  child: ChildProcess;
  seconds: number;
  news: () => CrowdNews | null;
}

async function gather(orders: CrowdOrders): Promise<Crowd> {
  const child = fork(CROWD, { execArgv: process.execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let news: CrowdNews | null = null;
  child.on('message', (message) => (news = message as CrowdNews));
  const begunAt = performance.now();
  child.send(orders);
  await until(
    'all subscribe',
    () => {
      if (news?.problem) throw new AppError('BAD_DATA', news.problem);
      return news !== null && news.open === orders.count;
    },
    OPENING_MS,
  );
  return { child, seconds: (performance.now() - begunAt) / 1000, news: () => news };
}

/** Publishes another version. @returns milliseconds until all have lists of it, and the longest that a probe took */
async function publish(
  origin: string,
  env: Environment,
  { news }: Crowd,
): Promise<{ ms: number; healthMs: number }> {
  const from = news()?.modelVersion ?? 0;
  await runStep('the publication', built('trainer', ['publish', '2']), { env });
  const begunAt = performance.now();
  let healthMs = 0;
  const isDone = () => {
    const now = news();
    return now !== null && now.modelVersion > from && now.newest === now.open;
  };
  while (!isDone() && performance.now() - begunAt < 10 * MOST_PUBLICATION_MS) {
    const askedAt = performance.now();
    await (await fetch(`${origin}/healthz`)).text();
    healthMs = Math.max(healthMs, performance.now() - askedAt);
    await sleep(PAUSE_MS);
  }
  return { ms: performance.now() - begunAt, healthMs };
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
