import { expect, it } from '@jest/globals';
import { FairQueue } from './fairQueue.ts';

const takeAll = (queue: FairQueue<string>) =>
  Array.from({ length: queue.length }, () => queue.shift()).join(' ');

it('serves addresses in turn that have used as much', () => {
  const queue = new FairQueue<string>(() => 0);
  for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) queue.push(item.slice(0, 1), item);
  expect(takeAll(queue)).toBe('a1 b1 c1 a2 b2 a3');
  expect([queue.length, queue.shift()]).toEqual([0, undefined]);
});

it('serves whoever has used less first, as long as that is so', () => {
  const use = new Map([['a', 0]]);
  const queue = new FairQueue<string>((address) => use.get(address) ?? 10);
  for (const item of ['b1', 'b2', 'a1', 'a2']) queue.push(item.slice(0, 1), item);
  expect(queue.shift()).toBe('a1');
  use.set('a', 20);
  expect(takeAll(queue)).toBe('b1 b2 a2');
});

it('passes over those who may not be served now', () => {
  const queue = new FairQueue<string>(() => 0);
  queue.push('a', 'a1');
  queue.push('b', 'b1');
  expect(queue.shift((address) => address === 'b')).toBe('b1');
  expect(queue.shift((address) => address === 'b')).toBeUndefined();
  expect([queue.length, queue.shift()]).toEqual([1, 'a1']);
});
