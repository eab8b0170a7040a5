import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@pocketrocket/runtime';
import { fuzzedRequest } from '@pocketrocket/testing';
import { buildSchema } from 'graphql';
import { built, ROOT } from '../lib/processes.ts';
import { startServerProcess } from '../topology/processes.ts';
import { embeddedEnvironment, NO_SYNTHETIC, prepareHome, withHome } from './serve/home.ts';

export interface FuzzOptions {
  data: string;
  count: number;
  seed: number;
  home?: string | undefined;
}

/** Requests under way at once. */
const CONCURRENCY = 4;

/** Sends random operations and prints what came back, by code. @throws AppError QUALITY_GATE with the seeds of what failed */
export async function benchFuzz(options: FuzzOptions): Promise<void> {
  await withHome(options.home, async (home) => {
    const env = embeddedEnvironment(home);
    await prepareHome({ ...NO_SYNTHETIC, data: options.data }, home, env);
    const server = await startServerProcess(built('server'), env, '/healthz');
    try {
      await fuzz(server.origin, options);
    } finally {
      await server.stop();
    }
  });
}

async function fuzz(origin: string, { count, seed }: FuzzOptions): Promise<void> {
  const schema = buildSchema(await readFile(join(ROOT, 'schema', 'schema.graphql'), 'utf8'));
  const seen = new Map<string, number>();
  const failed: string[] = [];
  let next = seed;
  const client = async () => {
    while (next < seed + count) {
      const own = next++;
      const { status, codes } = await send(origin, JSON.stringify(fuzzedRequest(schema, own)));
      for (const code of new Set(codes)) seen.set(code, (seen.get(code) ?? 0) + 1);
      if (status >= 500 || codes.includes('INTERNAL_SERVER_ERROR'))
        failed.push(`seed ${own}: ${status} ${codes.join()}`);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, client));
  for (const [code, times] of [...seen].sort((a, b) => b[1] - a[1]))
    process.stdout.write(`${String(times).padStart(7)}  ${code}\n`);
  if (failed.length > 0)
    throw new AppError('QUALITY_GATE', `the server failed:\n${failed.slice(0, 50).join('\n')}`);
  process.stdout.write(`none of ${count} operations made the server fail\n`);
}

async function send(origin: string, body: string): Promise<{ status: number; codes: string[] }> {
  const answer = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const { errors = [] } = (await answer.json()) as { errors?: { extensions?: { code?: string } }[] };
  const codes =
    errors.length === 0 ? ['no error'] : errors.map(({ extensions }) => extensions?.code ?? 'no code');
  return { status: answer.status, codes };
}
