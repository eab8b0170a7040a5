import { describe, expect, it } from '@jest/globals';
import { Turns } from './turns.ts';

function work(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

describe('turns of the event loop', () => {
  it('are long when work has taken long in them, and begin anew', async () => {
    await turn();
    const turns = new Turns();
    expect(turns.isLong()).toBe(false);
    work(15);
    expect(turns.isLong()).toBe(true);
    await turn();
    expect(turns.isLong()).toBe(false);
  });

  it('come between those who wait for one', async () => {
    await turn();
    const order: string[] = [];
    const timer = setInterval(() => order.push('other'), 1);
    await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        await new Turns().next();
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
    const turns = new Turns();
    expect(turns.yieldIfLong()).toBeUndefined();
    work(15);
    await expect(turns.yieldIfLong()).resolves.toBeUndefined();
  });

  it('are not long for work that has just come, however long others have worked in them', async () => {
    await turn();
    const first = new Turns();
    first.isLong();
    work(15);
    expect([first.isLong(), new Turns().isLong()]).toEqual([true, false]);
  });

  it('go to new work before long work', async () => {
    await turn();
    const order: string[] = [];
    const long = Array.from({ length: 6 }, () => new Turns());
    for (let round = 0; round < 3; round++) await Promise.all(long.map((turns) => turns.next()));
    const again = long.map((turns) => turns.next().then(() => order.push('long')));
    await Promise.all([...again, new Turns().next().then(() => order.push('new'))]);
    expect(order.indexOf('new')).toBeLessThan(2);
  });

  it('let on all of many', async () => {
    let count = 0;
    await Promise.all(Array.from({ length: 3_500 }, () => new Turns().next().then(() => count++)));
    expect(count).toBe(3_500);
  });
});
