import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { slopesOfParts } from './memoryParts.ts';

const MEGABYTE = 1024 * 1024;

it('finds the part of the thread that grows, after the moment from which it counts', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-parts-'));
  const minute = (at: number, heapUsed: number, external: number) =>
    `${JSON.stringify({ at: at * 60_000, heapUsed, heapTotal: 60 * MEGABYTE, external, arrayBuffers: 0 })}\n`;
  const before = Array.from({ length: 20 }, (_, at) => minute(at, 100 * at * MEGABYTE, 0));
  const flat = Array.from({ length: 20 }, (_, at) => minute(20 + at, 50 * MEGABYTE, 7 * MEGABYTE));
  const grows = Array.from({ length: 20 }, (_, at) => minute(20 + at, 50 * MEGABYTE, 3 * at * MEGABYTE));
  await writeFile(join(folder, 'thread-0.jsonl'), [...before, ...flat].join(''));
  await writeFile(join(folder, 'thread-2.jsonl'), grows.join(''));
  const [steepest, ...others] = await slopesOfParts(folder, 20 * 60_000);
  expect(steepest).toMatchObject({ thread: 2, part: 'external', megabytes: 57 });
  expect(steepest?.slope).toBeCloseTo(3, 6);
  expect(others).toHaveLength(7);
  expect(others.every(({ slope }) => Math.abs(slope) < 1e-6)).toBe(true);
  await rm(folder, { recursive: true });
});
