import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { readConfig } from '@pocketrocket/runtime';
import { openDatabase } from '@pocketrocket/schema/database';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { TestApi } from '../test/api.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { endOfSource } from '../test/serverProcess.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));

it('makes apps and keys that hold, lists them without their secrets, and ends them', async () => {
  const home = mkdtempSync(join(tmpdir(), 'pocketrocket-app-cli-'));
  const config = readConfig({ POCKETROCKET_HOME: home }, databaseUrlProblems);
  const database = await openDatabase({ url: config.databaseUrl });
  await fillDatabase(database, makeFixture());
  const api = await TestApi.open(database, null);
  const run = (...args: string[]) => endOfSource(CLI, args, { POCKETROCKET_HOME: home, LOG_LEVEL: 'info' });
  const upsert = async (key: string) => {
    // Another process has changed it.
    api.deps.apiKeys.forget(key.split('_')[1] ?? '');
    const query = 'mutation { upsertUsers(users: [{ externalId: "ann" }]) { createdCount } }';
    return (await api.run(query, {}, key)).errors;
  };

  const made = await run('app', 'create', 'Films at home');
  const appId = made.stdout.trim();
  expect(appId).toMatch(/^[0-9a-f]{12}$/);
  expect(made.stderr).toContain('"event":"app made"');
  const created = await run('key', 'create', appId, '--scopes', 'write:events,read', '--burst', '5000');
  const key = created.stdout.trim();
  const keyId = key.split('_')[1] ?? '';
  expect(created.stderr).toMatch(/not shown again/);
  expect(created.stderr).not.toContain(key);
  expect(await upsert(key)).toEqual([]);

  const listed = await run('key', 'list', '--json');
  expect(JSON.parse(listed.stdout)).toEqual([
    expect.objectContaining({
      keyId,
      appId,
      scopes: ['read', 'write:events'],
      burst: 5_000,
      state: 'active',
    }),
  ]);
  expect((await run('app', 'list')).stdout).toMatch(new RegExp(`^${appId}\tFilms at home\tfalse\t1\t`));

  const next = (await run('key', 'rotate', keyId)).stdout.trim();
  expect(await upsert(key)).toEqual([expect.stringMatching(/^UNAUTHENTICATED/)]);
  expect(await upsert(next)).toEqual([]);
  expect((await run('key', 'revoke', keyId)).stdout).toBe(`key ${keyId} is revoked\n`);
  expect(await upsert(next)).toEqual([expect.stringMatching(/has been revoked/)]);
  expect((await run('app', 'delete', appId)).stdout).toBe(`app ${appId} is deleted\n`);
  expect(await run('app', 'delete', appId)).toMatchObject({
    status: 3,
    stderr: expect.stringMatching(/there is no app/),
  });
  const wrong = await run('key', 'create', appId, '--scopes', 'everything');
  expect(wrong).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/everything is no scope; they are read/),
  });
  await database.close();
}, 120_000);
