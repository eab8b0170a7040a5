import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, it } from '@jest/globals';
import { silentLogger } from '../test/api.ts';
import { Admission } from './admission.ts';

const response = () => new EventEmitter() as unknown as ServerResponse;

it('closes to an address that has many requests inside, and not to others', () => {
  const admission = new Admission(32, 1_000, silentLogger);
  const responses = Array.from({ length: 32 }, response);
  for (const res of responses) expect(admission.enter(res, 'greedy', 1)).toBe(true);
  expect(admission.enter(response(), 'greedy', 1)).toBe(false);
  expect(admission.enter(response(), 'modest', 1)).toBe(true);
  expect(admission.enter(response(), 'modest', 1)).toBe(true);
  expect(admission.enter(response(), 'modest', 1)).toBe(false);
  for (let number = 0; number < 30; number++) expect(admission.enter(response(), `${number}`, 1)).toBe(true);
  expect(admission.enter(response(), 'one more', 1)).toBe(false);
  for (const res of responses) res.emit('close');
  expect(admission.enter(response(), 'greedy', 1)).toBe(true);
});

it('counts the bytes of what waits', () => {
  const admission = new Admission(32, 1_000, silentLogger);
  const large = response();
  expect(admission.enter(large, 'a', 2_000)).toBe(true);
  expect(admission.enter(response(), 'b', 1)).toBe(false);
  large.emit('close');
  expect(admission.enter(response(), 'b', 1)).toBe(true);
});
