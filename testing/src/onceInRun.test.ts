import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { onceInRun } from './onceInRun.ts';

it('makes a folder once for all who ask, and they find it whole', async () => {
  let made = 0;
  const make = async (folder: string) => {
    made++;
    await new Promise((resolve) => setImmediate(resolve));
    await writeFile(join(folder, 'text'), 'whole');
  };
  const folders = await Promise.all([1, 2, 3].map(() => onceInRun('a-test-of-this', make)));
  expect(made).toBe(1);
  expect(new Set(folders).size).toBe(1);
  expect(await readFile(join(folders[0] ?? '', 'text'), 'utf8')).toBe('whole');
});

it('fails for all who ask where it cannot be made', async () => {
  const fail = () => Promise.reject(new Error('no room'));
  const outcomes = await Promise.allSettled([1, 2].map(() => onceInRun('a-failing-test', fail)));
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(outcomes.map((one) => (one.status === 'rejected' ? String(one.reason) : ''))).toContain(
    'Error: no room',
  );
});
