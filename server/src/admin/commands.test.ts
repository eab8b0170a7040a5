import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { createLogger, readConfig } from '@pocketrocket/runtime';
import { openDatabase } from '@pocketrocket/schema/database';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { TestApi, silentLogger } from '../test/api.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { runSource } from '../test/serverProcess.ts';
import { changeRole, passwordLink } from './commands.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));
const home = () => mkdtempSync(join(tmpdir(), 'pocketrocket-admin-'));
const configOf = (folder: string) =>
  readConfig({ POCKETROCKET_HOME: folder, PORT: '4321' }, databaseUrlProblems);

it('gives roles and links to accounts that are there, and notes every grant', async () => {
  const folder = home();
  const config = configOf(folder);
  const database = await openDatabase({ url: config.databaseUrl });
  await fillDatabase(database, makeFixture());
  const api = await TestApi.open(database, null);
  const { signUp } = await api.query<{ signUp: { token: string } }>(
    'mutation { signUp(input: { name: "Ann", email: "ann@example.org", password: "correct horse" }) { token } }',
  );
  const lines: Record<string, unknown>[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>));
  const logger = createLogger({ level: 'info', name: 'test', stream });
  const give = (role: 'admin' | 'user', email = 'ANN@example.org') =>
    changeRole(config, logger, { email, role, changedBy: 'root' });

  expect(await give('admin')).toBe('ANN@example.org is an administrator');
  expect(await give('admin')).toBe('ANN@example.org was an administrator already');
  expect(lines).toEqual([
    expect.objectContaining({
      event: 'role given',
      role: 'admin',
      changedBy: 'root',
      accountId: expect.any(String),
    }),
  ]);
  expect(
    await api.query('{ roleChanges { role changedBy } viewer { account { role } } }', {}, signUp.token),
  ).toEqual({
    roleChanges: [{ role: 'ADMIN', changedBy: 'root' }],
    viewer: { account: { role: 'ADMIN' } },
  });
  expect(await give('user')).toBe('ANN@example.org is a user');
  expect((await api.run('{ roleChanges { role } }', {}, signUp.token)).errors[0]).toMatch(/^FORBIDDEN/);
  await expect(give('admin', 'nobody@example.org')).rejects.toMatchObject({ code: 'NOT_FOUND' });

  const link = await passwordLink(config, 'ann@example.org');
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:4321\/reset-password#[\w-]{43}$/);
  const reset =
    'mutation ($token: String!) { resetPassword(input: { token: $token, newPassword: "another horse" }) }';
  expect(await api.query(reset, { token: link.split('#')[1] })).toEqual({ resetPassword: true });
  await expect(passwordLink(config, 'nobody@example.org')).rejects.toMatchObject({ code: 'NOT_FOUND' });

  await runSource(CLI, ['grant', 'ann@example.org'], { POCKETROCKET_HOME: folder });
  expect(await database.dataSource.query('SELECT role FROM account')).toEqual([{ role: 'admin' }]);
  await database.close();
});

it('makes no database', async () => {
  const config = configOf(home());
  await expect(
    changeRole(config, silentLogger, { email: 'ann@example.org', role: 'admin', changedBy: 'root' }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringMatching(/no database yet/) });
});
