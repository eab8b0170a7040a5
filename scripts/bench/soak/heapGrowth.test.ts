import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { startProcess } from '../../topology/processes.ts';
import { heapGrowth } from './heapGrowth.ts';

it('names the class of which a heap holds more', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-heap-'));
  const [before = '', after = ''] = ['before', 'after'].map((name) => join(folder, `${name}.heapsnapshot`));
  const work = `
    class Grows { one = {}; other = [1]; }
    const { writeHeapSnapshot } = require('node:v8');
    writeHeapSnapshot(${JSON.stringify(before)});
    globalThis.kept = Array.from({ length: 20_000 }, () => new Grows());
    writeHeapSnapshot(${JSON.stringify(after)});`;
  const { PATH } = process.env;
  expect(await startProcess({ command: process.execPath, args: ['--eval', work] }, { PATH }).exited).toBe(0);
  const growth = await heapGrowth(before, after);
  const own = growth.find(({ name }) => name === 'Grows');
  expect(own?.count).toBe(20_000);
  expect(growth.slice(0, 5)).toContain(own);
  await rm(folder, { recursive: true });
}, 60_000);
