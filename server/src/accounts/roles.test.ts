import { beforeEach, expect, it } from '@jest/globals';
import { AccountEntity } from '@pocketrocket/schema/database';
import { AppError, createLogger } from '@pocketrocket/runtime';
import { describeOnEveryDatabase } from '../test/databases.ts';
import { giveRole } from './roles.ts';

const ROUNDS = 10;
const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });

describeOnEveryDatabase('roles', (database) => {
  const NAMES = ['ann', 'ben', 'cid'];
  const emailOf = (name: string) => `${name}@example.org`;
  const accounts = () => database().dataSource.getRepository(AccountEntity);
  beforeEach(async () => {
    await accounts().clear();
    for (const [place, name] of NAMES.entries())
      await accounts().insert({
        userId: 1_000_000_000 + place,
        accountId: name.padEnd(22, '0'),
        email: emailOf(name),
        passwordHash: '',
        createdAtSeconds: 0,
        emailConfirmedAtSeconds: null,
        role: 'admin',
        sharesRatings: 0,
      });
  });

  const takeFrom = (name: string, keepsAdministrator = true) =>
    giveRole(database(), logger, {
      email: emailOf(name),
      role: 'user',
      changedBy: 'test',
      keepsAdministrator,
    }).catch((error: unknown) => (error instanceof AppError ? error.code : 'another'));

  it('are not taken from all administrators, though they take them from each other at once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const outcomes = await Promise.all(NAMES.map((name) => takeFrom(name)));
      expect(outcomes.sort()).toEqual(['BAD_USER_INPUT', true, true].sort());
      expect(await accounts().countBy({ role: 'admin' })).toBe(1);
      await accounts().update({ role: 'user' }, { role: 'admin' });
    }
  });

  it('are given and taken by who has the machine, without that', async () => {
    for (const name of NAMES) expect(await takeFrom(name, false)).toBe(true);
    expect(await takeFrom('ann')).toBe(false);
    expect(await takeFrom('nobody')).toBe('NOT_FOUND');
  });
});
