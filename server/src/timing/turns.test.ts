import { describe, expect, it } from '@jest/globals';
import { isTurnLong, nextTurn, yieldIfLong } from './turns.ts';

function work(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

describe('turns of the event loop', () => {
  it('are long when work has taken long in them, and begin anew', async () => {
    await turn();
    expect(isTurnLong()).toBe(false);
    work(15);
    expect(isTurnLong()).toBe(true);
    await turn();
    expect(isTurnLong()).toBe(false);
  });

  it('come between those who wait for one', async () => {
    await turn();
    const order: string[] = [];
    const timer = setInterval(() => order.push('other'), 1);
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        await nextTurn();
        order.push(`work ${at}`);
        work(5);
      }),
    );
    clearInterval(timer);
    expect(order.filter((entry) => entry !== 'other')).toEqual(
      Array.from({ length: 20 }, (_, at) => `work ${at}`),
    );
    // Never much work without somebody else being served.
    expect(order.filter((entry) => entry === 'other').length).toBeGreaterThan(10);
  });

  it('are not waited for without need', async () => {
    await turn();
    expect(yieldIfLong()).toBeUndefined();
    work(15);
    await expect(yieldIfLong()).resolves.toBeUndefined();
  });

  it('let on all of many', async () => {
    let count = 0;
    await Promise.all(Array.from({ length: 3_500 }, () => nextTurn().then(() => count++)));
    expect(count).toBe(3_500);
  });
});
