import { setTimeout } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { until } from './until.ts';

it('asks less often what takes long to answer', async () => {
  let asked = 0;
  const never = async () => {
    asked++;
    await setTimeout(30);
    return false;
  };
  await expect(until('nothing', never, 600)).rejects.toThrow('not within 600 ms: nothing');
  expect(asked).toBeGreaterThan(1);
  expect(asked).toBeLessThan(8);
});

it('gives the first answer that is there', async () => {
  const answers = [null, false, undefined, 0];
  expect(await until('a number', () => answers.shift())).toBe(0);
});
