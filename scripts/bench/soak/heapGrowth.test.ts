import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { heapGrowth } from './heapGrowth.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'pocketrocket-heap-'))));
afterAll(() => rm(folder, { recursive: true }));

class GrowsInThisTest {
  readonly one = {};
  readonly other = [1];
}

it('names the class of which a heap holds more', async () => {
  const before = join(folder, 'before.heapsnapshot');
  const after = join(folder, 'after.heapsnapshot');
  writeHeapSnapshot(before);
  const kept = Array.from({ length: 20_000 }, () => new GrowsInThisTest());
  writeHeapSnapshot(after);
  const growth = await heapGrowth(before, after);
  const own = growth.find(({ name }) => name === 'GrowsInThisTest');
  expect(own?.count).toBe(kept.length);
  expect(growth.indexOf(own ?? { name: '', count: 0, bytes: 0 })).toBeLessThan(10);
}, 120_000);
