import { afterEach, describe, expect, it } from '@jest/globals';
import { RedisLink } from '@pocketrocket/model/redis';
import { until, HAS_REDIS_SERVER, PrivateRedis } from '@pocketrocket/testing';
import { silentLogger } from '../test/api.ts';
import { createSignInAttempts, MAX_ATTEMPTS, type SignInAttempts } from './attempts.ts';

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

async function spend(attempts: SignInAttempts, times: number): Promise<void> {
  for (let time = 0; time < times; time++) await attempts.count('ann@example.org', '10.0.0.1');
}

const REFUSED = { code: 'RATE_LIMITED', message: expect.stringMatching(/try again in 15 minutes/) };

(HAS_REDIS_SERVER ? describe : describe.skip)('attempts to sign in', () => {
  it('count alike on two servers that share a Redis, by who and from where, until a success', async () => {
    const redis = await PrivateRedis.start();
    closers.push(() => redis.kill());
    const links = [await connect(redis.url), await connect(redis.url)];
    const [one, other] = links.map((link) => createSignInAttempts({ link, prefix: 'test:sign-in' }));
    if (!one || !other) throw new Error('there are two');
    await spend(one, MAX_ATTEMPTS / 2);
    await spend(other, MAX_ATTEMPTS / 2);
    for (const attempts of [one, other]) await expect(spend(attempts, 1)).rejects.toMatchObject(REFUSED);
    await one.count('ann@example.org', '10.0.0.2');
    await one.count('bob@example.org', '10.0.0.1');
    const keys = (await links[0]?.command(['KEYS', '*'])) as string[];
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(key).toMatch(/^test:sign-in:[\w-]{43}$/);
    await other.forget('ann@example.org', '10.0.0.1');
    await spend(one, MAX_ATTEMPTS);
    await expect(spend(other, 1)).rejects.toMatchObject(REFUSED);
  });

  it('count on each server for itself while Redis is away, and together again after', async () => {
    const redis = await PrivateRedis.start();
    closers.push(() => redis.kill());
    const link = await connect(redis.url);
    const attempts = createSignInAttempts({ link, prefix: 'test:sign-in' });
    await redis.kill();
    await spend(attempts, MAX_ATTEMPTS);
    await expect(spend(attempts, 1)).rejects.toMatchObject(REFUSED);
    await attempts.forget('ann@example.org', '10.0.0.1');
    await spend(attempts, 1);
    await redis.start();
    await until('Redis answers', () => link.problem() === null);
    await spend(attempts, MAX_ATTEMPTS);
    await expect(spend(attempts, 1)).rejects.toMatchObject(REFUSED);
    expect(await link.command(['DBSIZE'])).toBe(1);
  });
});
