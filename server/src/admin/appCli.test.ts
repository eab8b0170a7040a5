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

it('takes only real times to come as the end of a key, and says when that is', async () => {
  const home = mkdtempSync(join(tmpdir(), 'pocketrocket-app-cli-'));
  const config = readConfig({ POCKETROCKET_HOME: home }, databaseUrlProblems);
  await (await openDatabase({ url: config.databaseUrl })).close();
  const run = (...args: string[]) => endOfSource(CLI, args, { POCKETROCKET_HOME: home, LOG_LEVEL: 'warn' });
  const appId = (await run('app', 'create', 'Films at home')).stdout.trim();
  const create = (...args: string[]) => run('key', 'create', appId, '--scopes', 'read', ...args);

  for (const time of ['2037-02-30', '2037-01-31T12:00:00', '1 June 2037'])
    expect(await create('--expires', time)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/'--expires <time>' .*Give a time such as 2027-01-31 or/),
    });
  for (const [option, value, problem] of [
    ['--expires', '2020-01-31', 'Give a time that is to come'],
    ['--per-second', '0', 'Give a whole number from 1 to 10000000'],
    ['--burst', '999', 'Give a whole number from 1000 to 10000000'],
  ] as const)
    expect(await create(option, value)).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(new RegExp(`'${option} <\\w+>' .*${problem}`)),
    });
  expect((await run('key', 'list', '--json')).stdout).toBe('[]\n');

  expect((await create('--expires', '2037-01-31')).stderr).toContain(
    ', holds until 2037-01-31T00:00:00.000Z. ',
  );
  expect((await create('--expires', '2037-01-31T12:00:00+02:00')).stderr).toContain(
    ', holds until 2037-01-31T10:00:00.000Z. ',
  );
  // Keys made in one second stand in the order of their random names.
  const { stdout } = await run('key', 'list');
  const ends = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t').at(-1));
  expect(ends.toSorted()).toEqual(['2037-01-31T00:00:00.000Z', '2037-01-31T10:00:00.000Z']);
});
