import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { AppError } from '@pocketrocket/schema/runtime';
import { build, isBuilt } from '../lib/build.ts';
import { built, runStep, start } from '../lib/processes.ts';

export interface ServeBenchOptions {
  data: string;
  concurrency: number;
  seconds: number;
  home?: string | undefined;
}

const QUERY = `query Recommendations($userId: Int!) {
  user(userId: $userId) {
    recommendations(first: 20) {
      nodes { movie { title genres { name } } score reasons { movie { title } } }
      served { ranker candidateCount }
    }
  }
}`;

/** Serves a data set from a process of its own and prints p50, p95, p99, requests per second and memory. */
export async function benchServe({
  data,
  concurrency,
  seconds,
  home: givenHome,
}: ServeBenchOptions): Promise<void> {
  if (!isBuilt()) await build();
  const home = givenHome ? resolve(givenHome) : await mkdtemp(join(tmpdir(), 'pocketrocket-bench-'));
  const env = { ...process.env, POCKETROCKET_HOME: home, PORT: '0', LOG_LEVEL: 'warn' };
  try {
    await runStep('the import', built('seeds', [data]), { env });
    const server = start(built('server'), { env, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      if (!server.stdout) throw new Error('the server has no standard output');
      const address = await firstAddress(server.stdout);
      if ((await fetch(`${address}/readyz`)).status !== 200) {
        await runStep('the training', built('trainer', ['train', '--quick']), { env });
        await untilReady(address);
      }
      const userIds = await someUserIds(address);
      await load(address, userIds, concurrency, seconds / 3);
      const latencies = await load(address, userIds, concurrency, seconds);
      report(data, concurrency, seconds, latencies, peakMemory(server.pid));
    } finally {
      server.kill('SIGTERM');
    }
  } finally {
    if (!givenHome) await rm(home, { recursive: true, force: true });
  }
}

/** Keeps so many requests under way for so long; milliseconds of each. */
async function load(
  address: string,
  userIds: number[],
  concurrency: number,
  seconds: number,
): Promise<Float64Array> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const latencies: number[] = [];
  const until = performance.now() + seconds * 1000;
  let next = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < until) {
        const startedAt = performance.now();
        const answer = await post(agent, address, {
          query: QUERY,
          variables: { userId: userIds[next++ % userIds.length] },
        });
        latencies.push(performance.now() - startedAt);
        if (!answer.includes('"score"'))
          throw new AppError('BAD_DATA', `not a list of recommendations: ${answer.slice(0, 300)}`);
      }
    }),
  );
  agent.destroy();
  return Float64Array.from(latencies).sort();
}

function post(agent: Agent, address: string, body: unknown): Promise<string> {
  return new Promise((done, fail) => {
    const call = request(
      `${address}/graphql`,
      { agent, method: 'POST', headers: { 'content-type': 'application/json' } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(Buffer.concat(chunks).toString()));
        response.on('error', fail);
      },
    );
    call.on('error', fail);
    call.end(JSON.stringify(body));
  });
}

/** Up to 200 users, the most active and the first ones. */
async function someUserIds(address: string): Promise<number[]> {
  const lists = await Promise.all(
    ['RATING_COUNT_DESC', 'USER_ID_ASC'].map(async (orderBy) => {
      const answer = await fetch(`${address}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: `{ users(orderBy: ${orderBy}, first: 100) { nodes { userId } } }` }),
      });
      const { data } = (await answer.json()) as { data: { users: { nodes: { userId: number }[] } } };
      return data.users.nodes.map(({ userId }) => userId);
    }),
  );
  return [...new Set(lists.flat())];
}

async function untilReady(address: string): Promise<void> {
  const until = Date.now() + 15_000;
  while ((await fetch(`${address}/readyz`)).status !== 200) {
    if (Date.now() > until)
      throw new AppError('ENVIRONMENT', 'the server did not take up the trained model within 15 s');
    await new Promise((wake) => setTimeout(wake, 200));
  }
}

async function firstAddress(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const address = /https?:\/\/\S+/.exec(line)?.[0];
    if (address) return address.replace(/\/$/, '');
  }
  throw new AppError('ENVIRONMENT', 'the server ended before it listened');
}

/** The server's largest resident size so far in MB, where the system tells it. */
function peakMemory(pid: number | undefined): number | null {
  if (process.platform !== 'linux' || pid === undefined) return null;
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes ? Number(kilobytes) / 1024 : null;
}

function report(
  data: string,
  concurrency: number,
  seconds: number,
  latencies: Float64Array,
  memory: number | null,
): void {
  const quantile = (share: number) => (latencies[Math.floor(share * (latencies.length - 1))] ?? 0).toFixed(1);
  const lines = [
    `data ${data}, concurrency ${concurrency}, ${seconds} s, ${latencies.length} requests`,
    `requests/s  ${(latencies.length / seconds).toFixed(0)}`,
    `latency ms  p50 ${quantile(0.5)}  p95 ${quantile(0.95)}  p99 ${quantile(0.99)}`,
    ...(memory === null ? [] : [`server peak memory  ${memory.toFixed(0)} MB`]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
