import { describe, expect, it } from '@jest/globals';
import { RateLimiterRes } from 'rate-limiter-flexible';
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
