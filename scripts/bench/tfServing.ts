import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { readArtifact, servingOrder, USER_IDS, ITEM_IDS } from '@pocketrocket/model/artifact';
import { AppError } from '@pocketrocket/runtime';
import { built, runStep } from '../lib/processes.ts';
import { until } from '@pocketrocket/testing';
import { startServerProcess, PATIENCE_MS } from '../topology/processes.ts';
import { withHome } from './serve/home.ts';

export interface TfServingBenchOptions {
  data: string;
  candidates: number;
  seconds: number;
  home?: string | undefined;
}

const CONCURRENCIES = [1, 4, 16];

/** Asks a model server of its own for lists of candidates over HTTP and prints latency and lists per second. */
export async function benchTfServing(options: TfServingBenchOptions): Promise<void> {
  await withHome(options.home, (home) => measureAll(home, options));
}

async function measureAll(home: string, { data, candidates, seconds }: TfServingBenchOptions): Promise<void> {
  const env = { ...process.env, POCKETROCKET_HOME: home, LOG_LEVEL: 'warn', BUDGET_PER_SECOND: '0' };
  const modelDir = join(home, 'models');
  if ((await servingOrder(modelDir)).length === 0) {
    await runStep('the import', built('seeds', [data]), { env });
    await runStep('the training', built('trainer', ['train', '--quick']), { env });
  }
  const [version = 0] = await servingOrder(modelDir);
  const { tensors } = await readArtifact(modelDir, version);
  const path = `/v1/models/recmodel/versions/${version}`;
  const run = built('model-server', ['--dir', modelDir, '--port', '0']);
  const { origin, child } = await startServerProcess(run, env, path);
  try {
    await until(
      'the model is loaded',
      async () => ((await fetch(origin + path)).ok ? true : null),
      PATIENCE_MS,
    );
    const bodies = requestsFor(tensors[USER_IDS]?.data, tensors[ITEM_IDS]?.data, candidates);
    const ask = (agent: Agent, index: number) =>
      post(agent, `${origin}${path}:predict`, bodies[index % bodies.length] ?? '');
    process.stdout.write(`${candidates} candidates a list, version ${version} of ${modelDir}\n`);
    for (const concurrency of CONCURRENCIES) {
      await load(ask, concurrency, seconds / 3);
      report(concurrency, seconds, await load(ask, concurrency, seconds));
    }
  } finally {
    child.kill('SIGTERM');
  }
}

/** Requests as the server sends them: one user and a number of movies, in columns. */
function requestsFor(
  users: ArrayLike<number> | undefined,
  movies: ArrayLike<number> | undefined,
  candidates: number,
): string[] {
  if (!users || !movies) throw new AppError('ARTIFACT_INVALID', 'the artifact lacks its ids');
  const movieId = Array.from({ length: candidates }, (_, index) => movies[index % movies.length]);
  return Array.from({ length: Math.min(users.length, 200) }, (_, index) =>
    JSON.stringify({ signature_name: 'serving_default', inputs: { userId: [users[index]], movieId } }),
  );
}

async function load(
  ask: (agent: Agent, index: number) => Promise<string>,
  concurrency: number,
  seconds: number,
): Promise<Float64Array> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const latencies: number[] = [];
  const end = performance.now() + seconds * 1000;
  let next = 0;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < end) {
        const startedAt = performance.now();
        const answer = await ask(agent, next++);
        latencies.push(performance.now() - startedAt);
        if (!answer.startsWith('{"outputs"'))
          throw new AppError('BAD_DATA', `no probabilities: ${answer.slice(0, 200)}`);
      }
    }),
  );
  agent.destroy();
  return Float64Array.from(latencies).sort();
}

function post(agent: Agent, url: string, body: string): Promise<string> {
  return new Promise((done, fail) => {
    const call = request(url, { agent, method: 'POST' }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(Buffer.concat(chunks).toString()));
      response.on('error', fail);
    });
    call.on('error', fail);
    call.end(body);
  });
}

function report(concurrency: number, seconds: number, latencies: Float64Array): void {
  const quantile = (share: number) => (latencies[Math.floor(share * (latencies.length - 1))] ?? 0).toFixed(2);
  process.stdout.write(
    `concurrency ${String(concurrency).padStart(2)}  ${(latencies.length / seconds).toFixed(0).padStart(5)} lists/s  ` +
      `latency ms  p50 ${quantile(0.5)}  p95 ${quantile(0.95)}  p99 ${quantile(0.99)}\n`,
  );
}
