import { describe, expect, it } from '@jest/globals';
import { askUntilSettled } from './settle.ts';

/** A clock that each request moves on by a time of its own. */
function asked(msOf: (request: number) => number) {
  let at = 0;
  let requests = 0;
  return {
    ask: () => {
      at += msOf(requests++);
      return Promise.resolve();
    },
    now: () => at,
  };
}

describe('asking until it settles', () => {
  it('goes on while requests become faster, and ends when they do no more', async () => {
    const { ask, now } = asked((request) => Math.max(2, 40 - request / 10));
    const { requests, eachMs } = await askUntilSettled(ask, { maxMs: 60_000, now });
    expect(eachMs).toBe(2);
    expect(requests).toBeGreaterThan(380);
    expect(requests).toBeLessThan(900);
  });

  it('ends when its time is up, in the middle of a batch too', async () => {
    const { ask, now } = asked(() => 300);
    expect(await askUntilSettled(ask, { maxMs: 1_000, now })).toMatchObject({ requests: 4, ms: 1_200 });
    expect(await askUntilSettled(ask, { maxMs: 0, now })).toEqual({ requests: 0, ms: 0, eachMs: 0 });
  });

  it('ends once nobody wants it any more', async () => {
    const { ask, now } = asked(() => 1);
    const isWanted = () => now() < 7;
    expect(await askUntilSettled(ask, { maxMs: 60_000, isWanted, now })).toMatchObject({ requests: 7 });
  });

  it('does not hide what a request throws', async () => {
    await expect(askUntilSettled(() => Promise.reject(new Error('no')), { maxMs: 1_000 })).rejects.toThrow(
      'no',
    );
  });
});
