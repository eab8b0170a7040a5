import { describe, expect, it } from '@jest/globals';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { BoundedLimiter } from './boundedLimiter.ts';
import { createLimiterService, limiterElsewhere, limiterHere, type OpenLimiter } from './limiters.ts';

const service = createLimiterService();
/** As what travels between threads. */
const elsewhere = limiterElsewhere(async (call) => structuredClone(await service(structuredClone(call))));

describe.each<[string, OpenLimiter]>([
  ['in this thread', limiterHere],
  ['in another', elsewhere],
])('a limiter %s', (name, open) => {
  it('counts up to its points, then refuses with the time to wait', async () => {
    const limiter = open({ keyPrefix: `contract ${name}`, points: 2, duration: 60 });
    expect(await limiter.get('k')).toBeNull();
    expect((await limiter.consume('k')).remainingPoints).toBe(1);
    expect((await limiter.consume('k')).remainingPoints).toBe(0);
    const refusal: unknown = await limiter.consume('k').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RateLimiterRes);
    expect((refusal as RateLimiterRes).msBeforeNext).toBeGreaterThan(50_000);
    expect((await limiter.get('k'))?.consumedPoints).toBe(3);
    expect((await limiter.reward('k', 2)).consumedPoints).toBe(1);
    expect((await limiter.penalty('k')).consumedPoints).toBe(2);
    expect((await limiter.consume('other')).remainingPoints).toBe(1);
    expect(await limiter.delete('k')).toBe(true);
    expect(await limiter.get('k')).toBeNull();
  });
});

it('counts together with all that ask the same service', async () => {
  const options = { keyPrefix: 'together', points: 2, duration: 60 };
  const [one, two] = [elsewhere(options), elsewhere(options)];
  await one.consume('k');
  await two.consume('k');
  await expect(one.consume('k')).rejects.toBeInstanceOf(RateLimiterRes);
});

it('forgets the keys that were counted longest ago where there are too many', async () => {
  const limiter = new BoundedLimiter({ keyPrefix: 'bound', points: 10, duration: 60 }, 2_000);
  const counts = () =>
    Promise.all(['a', 'b', 'c', 'd'].map(async (key) => (await limiter.get(key))?.consumedPoints ?? null));
  for (const key of ['a', 'b', 'c', 'a']) await limiter.consume(key);
  expect(await counts()).toEqual([2, 1, 1, null]);
  await limiter.consume('d');
  expect(await counts()).toEqual([2, null, 1, 1]);
  await limiter.delete('c');
  await limiter.penalty('b');
  expect(await counts()).toEqual([2, 1, null, 1]);
});
