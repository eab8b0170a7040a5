import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { startProcess } from '../../topology/processes.ts';
import { loopsBetween } from './loops.ts';

it('tells tasks from collections and from waiting for a core', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-loops-'));
  const front = [
    { kind: 'delay', at: 1_000, p99: 4, max: 90 },
    { kind: 'gc', at: 1_450, ms: 30 },
    { kind: 'long', at: 1_500, from: 1_400, ms: 90, waited: 25 },
    { kind: 'long', at: 1_700, from: 1_600, ms: 40, waited: 0 },
    { kind: 'long', at: 9_000, from: 8_000, ms: 1_000, waited: 0 },
  ];
  const lines = front.map((line) => JSON.stringify({ role: 'front', ...line }));
  await writeFile(join(folder, 'front-0.jsonl'), `${lines.join('\n')}\n`);
  expect(await loopsBetween(folder, 500, 2_000)).toEqual([
    { role: 'front', p99: 4, max: 90, longestTask: 40, longestCollection: 30 },
  ]);
  expect(await loopsBetween(folder, 10_000, 20_000)).toEqual([]);
  await rm(folder, { recursive: true });
});

it('finds a long task of a process that the probe runs in', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-loops-'));
  const begunAt = Date.now();
  const work = `
    const cpuMs = () => process.cpuUsage().user / 1000;
    setTimeout(() => {
      const until = cpuMs() + 200;
      while (cpuMs() < until);
      setTimeout(() => undefined, 800);
    }, 300);`;
  const probe = new URL('./loopProbe.js', import.meta.url).href;
  const run = { command: process.execPath, args: ['--import', probe, '--eval', work] };
  const { PATH } = process.env;
  expect(await startProcess(run, { PATH, LOOP_PROBE_DIR: folder }).exited).toBe(0);
  const [front] = await loopsBetween(folder, begunAt, Date.now());
  expect(front?.role).toBe('front');
  expect(front?.max).toBeGreaterThan(100);
  // However long it waited for a core on a busy machine.
  expect(front?.longestTask).toBeGreaterThan(100);
  await rm(folder, { recursive: true });
});
