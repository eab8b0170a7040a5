import { Writable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createLogger } from '@pocketrocket/runtime';
import { until, HAS_REDIS_SERVER, PrivateRedis, openTcpProxy } from '@pocketrocket/testing';
import { RedisLink } from './index.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** @param timeoutMs longer than a busy machine takes to read an answer, where none is late on purpose */
function openLink(url: string, timeoutMs = 10_000): { link: RedisLink; log: () => string[] } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String((JSON.parse(String(chunk)) as { event: string }).event));
      done();
    },
  });
  const logger = createLogger({ level: 'info', name: 'test', stream });
  const link = new RedisLink({ url, name: 'test', logger, timeoutMs });
  closers.push(() => link.close());
  return { link, log: () => lines };
}

async function startRedis(): Promise<PrivateRedis> {
  const redis = await PrivateRedis.start();
  closers.push(() => redis.kill());
  return redis;
}

(HAS_REDIS_SERVER ? describe : describe.skip)('the connection to Redis', () => {
  it('refuses at once while Redis is away, comes back by itself, and says both once', async () => {
    const redis = await startRedis();
    const { link, log } = openLink(redis.url);
    expect(await link.connected()).toBe(true);
    let told = 0;
    await link.subscribe('news', () => told++);
    await redis.kill();
    await until('it is missed', () => link.problem() !== null);
    await expect(link.command(['PING'])).rejects.toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      message: expect.stringMatching(/^Redis does not answer: /),
    });
    // Long enough for several attempts to reconnect.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await redis.start();
    await until('it answers', () => link.problem() === null);
    expect(await link.command(['PING'])).toBe('PONG');
    await until('it listens again', async () => (await link.command(['PUBLISH', 'news', 'x'])) === 1);
    await until('it hears', () => told > 0);
    expect(log()).toEqual(['Redis answers', 'Redis does not answer', 'Redis answers']);
  });

  it('does not wait for a server that was never there, and subscribes once it is', async () => {
    const redis = await startRedis();
    await redis.kill();
    const { link, log } = openLink(redis.url);
    expect(await link.connected()).toBe(false);
    await link.subscribe('news', () => undefined);
    await expect(link.command(['PING'])).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
    await redis.start();
    await until('it listens', async () => {
      return (await link.command(['PUBLISH', 'news', 'x']).catch(() => 0)) === 1;
    });
    expect(log()).toEqual(['Redis does not answer', 'Redis answers']);
  });

  it('gives up on silence, and on a connection that stays silent', async () => {
    const redis = await startRedis();
    const proxy = await openTcpProxy(redis.url);
    closers.push(() => proxy.close());
    const { link } = openLink(proxy.url, 300);
    expect(await link.connected()).toBe(true);
    proxy.set({ mode: 'silence' });
    for (let attempt = 0; attempt < 3; attempt++)
      await expect(link.command(['PING'])).rejects.toThrow(
        /no answer to PING within 300 ms|stopped answering/,
      );
    await until('it is missed', () => link.problem() !== null);
    proxy.set({ mode: 'pass' });
    await until('it answers', () => link.problem() === null);
    expect(await link.command(['PING'], 10_000)).toBe('PONG');
  });

  it('tells an error in the answer as such', async () => {
    const redis = await startRedis();
    const { link } = openLink(redis.url);
    await link.connected();
    await expect(link.command(['VADD'])).rejects.toThrow(/unknown command 'VADD'/);
    expect(link.problem()).toBeNull();
  });
});
