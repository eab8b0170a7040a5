import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { RedisLink } from '@pocketrocket/model/redis';
import { until, HAS_REDIS_SERVER, PrivateRedis } from '@pocketrocket/testing';
import { silentLogger } from '../test/api.ts';
import { createAccountLimits } from './accountLimits.ts';
import {
  createSignInAttempts,
  MAX_ATTEMPTS,
  MAX_ATTEMPTS_OF_ADDRESS,
  waitSeconds,
  type Attempt,
  type SignInAttempts,
} from './attempts.ts';
import { createCounters } from './counters.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function connect(url: string): Promise<RedisLink> {
  const link = new RedisLink({ url, name: 'test', logger: silentLogger });
  closers.push(() => link.close());
  expect(await link.connected()).toBe(true);
  return link;
}

const from = (address: string, subject = 'ann', isKnown = true): Attempt => ({ subject, address, isKnown });
const ANN = from('10.0.0.1');

async function spend(attempts: SignInAttempts, times: number, attempt = ANN): Promise<void> {
  for (let time = 0; time < times; time++) {
    await attempts.count(attempt);
    await attempts.failed(attempt);
  }
}

/** Longer than a busy machine takes to read an answer: what is late is counted here. */
const PATIENT_MS = 10_000;
const REFUSED = { code: 'RATE_LIMITED', message: expect.stringMatching(/try again in 15 minutes/) };

describe('attempts to sign in', () => {
  const strange = (network: number, host = 1) =>
    from(`10.${network >> 8}.${network & 255}.${host}`, 'ann', false);

  it('are limited over all accounts by the address', async () => {
    const attempts = createSignInAttempts(createCounters());
    for (let one = 0; one < MAX_ATTEMPTS_OF_ADDRESS; one++)
      await attempts.count(from('10.0.0.1', `user ${one}`));
    await expect(attempts.count(from('10.0.0.1', 'another'))).rejects.toMatchObject(REFUSED);
    await attempts.count(from('10.0.0.2', 'another'));
  });

  it('are one household where IPv6 addresses share 64 bits', async () => {
    const attempts = createSignInAttempts(createCounters());
    for (let one = 0; one < MAX_ATTEMPTS; one++) await attempts.count(from(`2001:db8::${one}`));
    await expect(attempts.count(from('2001:db8:0:0:ffff::1'))).rejects.toMatchObject(REFUSED);
    await attempts.count(from('2001:db8:0:1::1'));
  });

  it('from a network wait longer and longer after wrong passwords, wherever in it they come from', async () => {
    const attempts = createSignInAttempts(createCounters());
    for (let host = 1; host <= 3; host++) await spend(attempts, 1, strange(1, host));
    await spend(attempts, 1, strange(1, 4));
    await expect(attempts.count(strange(1, 5))).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect([0, 2, 3, 4, 5, 6, 30].map((failures) => waitSeconds(failures, 0))).toEqual([
      0, 0, 1, 2, 4, 8, 900,
    ]);
  });

  it('wait for nobody else: however many are wrong, each network has its first one and a known address all', async () => {
    const attempts = createSignInAttempts(createCounters());
    for (let network = 1; network <= 300; network++) await spend(attempts, 1, strange(network));
    await attempts.count(strange(1_000));
    await attempts.failed(strange(1_000));
    await attempts.count(strange(1_000));
    await expect(attempts.count(strange(1_000))).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringMatching(/wrong passwords for this account; try again in 15 minutes/),
    });
    await spend(attempts, MAX_ATTEMPTS, from('10.3.232.9'));
  });

  it('that come at once are no way around the wait', async () => {
    const attempts = createSignInAttempts(createCounters());
    const all = Array.from({ length: 50 }, (_, host) => attempts.count(strange(7, host)));
    const admitted = (await Promise.allSettled(all)).filter(({ status }) => status === 'fulfilled');
    expect(admitted.length).toBeLessThanOrEqual(4);
  });
});

describe('accounts and mails', () => {
  it('are limited by the address, and accounts in all', async () => {
    const limits = createAccountLimits(createCounters(), { perAddress: 2, inAll: 3 });
    for (let times = 0; times < 2; times++) await limits.countSignUp('10.0.0.1');
    await expect(limits.countSignUp('10.0.0.1')).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringMatching(/^too many accounts from one address; try again in 60 minutes/),
    });
    await limits.countSignUp('10.0.0.2');
    await expect(limits.countSignUp('10.0.0.3')).rejects.toThrow(/^too many new accounts/);
    expect(await Promise.all([1, 2, 3, 4].map(() => limits.mayMail('ann')))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(await limits.mayMail('bob')).toBe(true);
  });
});

it('leaves room for the links of others: an address makes 30 an hour, and 100 a day', async () => {
  jest.useFakeTimers();
  closers.push(() => jest.useRealTimers());
  const limits = createAccountLimits(createCounters(), { perAddress: 2, inAll: 3 });
  for (let hour = 0; hour < 3; hour++) {
    for (let one = 0; one < 30; one++) await limits.countTasteLink('10.0.0.1');
    await expect(limits.countTasteLink('10.0.0.1')).rejects.toThrow(/one address; try again in 60 minutes/);
    jest.advanceTimersByTime(3_601_000);
  }
  for (let one = 0; one < 10; one++) await limits.countTasteLink('10.0.0.1');
  await expect(limits.countTasteLink('10.0.0.1')).rejects.toThrow(/one address today; try again in 21 hours/);
  await limits.countTasteLink('10.0.0.2');
});

(HAS_REDIS_SERVER ? describe : describe.skip)('attempts to sign in that are counted in Redis', () => {
  it('count alike on two servers that share it, by who and from where, until a success', async () => {
    const redis = await PrivateRedis.start();
    closers.push(() => redis.kill());
    const links = [await connect(redis.url), await connect(redis.url)];
    const [one, other] = links.map((link) =>
      createSignInAttempts(createCounters({ link, prefix: 'test:sign-in', deadlineMs: PATIENT_MS })),
    );
    if (!one || !other) throw new Error('there are two');
    await spend(one, MAX_ATTEMPTS / 2);
    await spend(other, MAX_ATTEMPTS / 2);
    for (const attempts of [one, other]) await expect(spend(attempts, 1)).rejects.toMatchObject(REFUSED);
    await one.count(from('10.0.0.2'));
    await one.count(from('10.0.0.1', 'bob'));

    const keys = (await links[0]?.command(['KEYS', '*'])) as string[];
    // Two addresses, three pairs of account and address, and an account with failures.
    expect(keys).toHaveLength(6);
    for (const key of keys) expect(key).toMatch(/^test:sign-in:[\w-]{43}$/);

    await other.succeeded(ANN);
    await spend(one, MAX_ATTEMPTS);
    await expect(spend(other, 1)).rejects.toMatchObject(REFUSED);
  });

  it('count on each server for itself while it is away, and together again after', async () => {
    const redis = await PrivateRedis.start();
    closers.push(() => redis.kill());
    const link = await connect(redis.url);
    const attempts = createSignInAttempts(
      createCounters({ link, prefix: 'test:sign-in', deadlineMs: PATIENT_MS }),
    );
    await redis.kill();
    await spend(attempts, MAX_ATTEMPTS);
    await expect(spend(attempts, 1)).rejects.toMatchObject(REFUSED);
    await attempts.succeeded(ANN);
    await spend(attempts, 1);

    await redis.start();
    await until('Redis answers', () => link.problem() === null);
    await spend(attempts, MAX_ATTEMPTS);
    await expect(spend(attempts, 1)).rejects.toMatchObject(REFUSED);
    expect(await link.command(['DBSIZE'])).toBe(3);
  });
});
