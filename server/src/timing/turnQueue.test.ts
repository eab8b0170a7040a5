import { describe, expect, it } from '@jest/globals';
import { TurnQueue } from './turnQueue.ts';

/** Lets all on who wait. @returns their names in that order */
function drain(queue: TurnQueue, order: string[]): string[] {
  for (let letOn = queue.shift(); letOn; letOn = queue.shift()) letOn();
  return order;
}

describe('a queue of work', () => {
  it('is in order among those who have had as many turns', () => {
    const queue = new TurnQueue();
    const order: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) queue.push(0, () => order.push(name));
    expect(queue.length).toBe(4);
    expect(drain(queue, order)).toEqual(['a', 'b', 'c', 'd']);
    expect(queue.length).toBe(0);
  });

  it('lets short work past long work, and long work on all the same', () => {
    const queue = new TurnQueue();
    const order: string[] = [];
    for (const name of ['long 1', 'long 2', 'long 3', 'long 4']) queue.push(40, () => order.push(name));
    for (const name of ['short 1', 'short 2', 'short 3']) queue.push(0, () => order.push(name));
    queue.push(1, () => order.push('middle'));
    expect(drain(queue, order)).toEqual([
      'short 1',
      'long 1',
      'short 2',
      'long 2',
      'short 3',
      'long 3',
      'middle',
      'long 4',
    ]);
  });

  it('does not starve long work while short work keeps coming', () => {
    const queue = new TurnQueue();
    const order: string[] = [];
    queue.push(100, () => order.push('long'));
    for (let turn = 0; turn < 4; turn++) {
      queue.push(0, () => order.push('short'));
      queue.push(0, () => order.push('short'));
      queue.shift()?.();
    }
    expect(order).toContain('long');
  });

  it('keeps nothing of the many who have gone', () => {
    const queue = new TurnQueue();
    let count = 0;
    for (let at = 0; at < 5_000; at++) queue.push(at % 3, () => count++);
    drain(queue, []);
    expect([count, queue.length]).toEqual([5_000, 0]);
    queue.push(0, () => count++);
    drain(queue, []);
    expect(count).toBe(5_001);
  });
});
