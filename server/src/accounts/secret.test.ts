import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@pocketrocket/runtime';
import { databaseUrlProblems } from '@pocketrocket/schema/databaseUrl';
import { silentLogger } from '../test/api.ts';
import { openJwtSecret, weaknessOf } from './secret.ts';

const GOOD = 'q8Zt0V1mXr4LkP7yDw2sNf5hBj9cGa3e';
const open = (env: Record<string, string>) =>
  openJwtSecret(readConfig(env, databaseUrlProblems), silentLogger);

describe('the secret that tokens are signed with', () => {
  it('is made once in the home of the embedded mode, for its owner alone', async () => {
    const home = mkdtempSync(join(tmpdir(), 'pocketrocket-secret-'));
    const made = await Promise.all([open({ POCKETROCKET_HOME: home }), open({ POCKETROCKET_HOME: home })]);
    expect(weaknessOf(made[0])).toBeNull();
    expect(made[1]).toBe(made[0]);
    expect(await open({ POCKETROCKET_HOME: home, NODE_ENV: 'production' })).toBe(made[0]);
    expect(readdirSync(home)).toEqual(['jwt-secret']);
    expect(statSync(join(home, 'jwt-secret')).mode & 0o777).toBe(0o600);
  });

  it('must be set with MySQL', async () => {
    const mysql = { DATABASE_URL: 'mysql://somebody@nowhere/films' };
    await expect(open(mysql)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/^JWT_SECRET must be set with MySQL/),
    });
    expect(await open({ ...mysql, JWT_SECRET: GOOD })).toBe(GOOD);
  });

  it.each(['', 'half'])('is not taken from a file that holds %j', async (text) => {
    const home = mkdtempSync(join(tmpdir(), 'pocketrocket-secret-'));
    writeFileSync(join(home, 'jwt-secret'), text);
    await expect(open({ POCKETROCKET_HOME: home })).rejects.toMatchObject({
      code: 'ENVIRONMENT',
      message: expect.stringMatching(/jwt-secret.* is shorter than 32 bytes; remove it/),
    });
  });

  it('cannot be made in a home that is not there', async () => {
    const home = join(mkdtempSync(join(tmpdir(), 'pocketrocket-secret-')), 'gone');
    await expect(open({ POCKETROCKET_HOME: home })).rejects.toMatchObject({ code: 'ENVIRONMENT' });
  });

  it.each([
    'short',
    'secret'.repeat(8),
    'a'.repeat(40),
    'this-is-a-very-long-secret-for-our-server',
    '12345678901234567890123456789012',
    'please-change-me-before-you-go-to-production',
  ])('is refused in production when it is %s', async (weak) => {
    await expect(open({ JWT_SECRET: weak, NODE_ENV: 'production' })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
    expect(await open({ JWT_SECRET: weak })).toBe(weak);
  });
});
