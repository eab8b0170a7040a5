import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { readConfig } from '@pocketrocket/runtime';
import { databaseUrlProblems, openDatabase, type Database } from '@pocketrocket/schema/database';
import { until } from '@pocketrocket/testing';
import { silentLogger } from '../test/api.ts';
import { makeApp } from '../test/apps.ts';
import { spawnServer, type ServerProcess } from '../test/serverProcess.ts';
import { NO_DEADLINE } from '../timing/deadline.ts';
import { revokeApiKey } from './manageKeys.ts';

let home: string;
let server: ServerProcess | undefined;
let database: Database | undefined;
afterAll(async () => {
  server?.child.kill('SIGKILL');
  await server?.exited;
  await database?.close();
  await rm(home, { recursive: true });
});

interface Asked {
  status: number;
  limit: string | null;
  code: string | undefined;
}

it('a key has a budget of its own on all threads, which no other use of its address takes, until it is revoked', async () => {
  home = await mkdtemp(join(tmpdir(), 'pocketrocket-keys-'));
  server = spawnServer({
    POCKETROCKET_HOME: home,
    WORKERS: '2',
    MAX_COST: '400',
    BUDGET_BURST: '500',
    BUDGET_PER_SECOND: '0.001',
  });
  const url = await server.url;
  const { databaseUrl } = readConfig({ POCKETROCKET_HOME: home }, databaseUrlProblems);
  database = await openDatabase({ url: databaseUrl });
  const keyBudget = { burst: 1_000, perSecond: 1 };
  const app = await makeApp({ database, logger: silentLogger, keyBudget });
  const { keyId, secret } = await app.makeKey({ scopes: ['write:events'] });
  const ask = async (query: string, key?: string): Promise<Asked> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      body: JSON.stringify({ query }),
    });
    const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    return {
      status: response.status,
      limit: response.headers.get('ratelimit-limit'),
      code: errors?.[0]?.extensions.code,
    };
  };
  // The address uses up its own.
  let last: Asked;
  do last = await ask('{ __typename }');
  while (last.status === 200);
  expect(last).toMatchObject({ status: 429, limit: '500' });
  const writing = 'mutation { upsertUsers(users: [{ externalId: "ann" }]) { createdCount } }';
  expect(await ask(writing, secret)).toEqual({ status: 200, limit: '1000', code: undefined });
  const wrong = `${secret.slice(0, -10)}AAAAAAAAAA`;
  expect(await ask('{ __typename }', wrong)).toMatchObject({ status: 429, limit: '500' });
  // And the key its own.
  const answers = await Promise.all(Array.from({ length: 60 }, () => ask('{ __typename }', secret)));
  expect(answers.every(({ limit }) => limit === '1000')).toBe(true);
  const allowed = answers.filter(({ status }) => status === 200).length;
  expect(allowed).toBeGreaterThan(10);
  expect(allowed).toBeLessThan(40);

  const second = await app.makeKey({ scopes: ['write:events'], perSecond: 100_000 });
  expect((await ask(writing, second.secret)).status).toBe(200);
  const managing = { database, logger: silentLogger, changedBy: 'test' };
  await revokeApiKey(managing, second.keyId, NO_DEADLINE);
  const revokedAt = Date.now();
  await until(
    'both threads refuse it',
    async () => {
      const asked = await Promise.all(Array.from({ length: 8 }, () => ask(writing, second.secret)));
      return asked.every(({ status }) => status === 429);
    },
    10_000,
  );
  expect(Date.now() - revokedAt).toBeLessThan(5_000);
  expect(keyId).not.toBe(second.keyId);
}, 90_000);
