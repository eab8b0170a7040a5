import { expect, it } from '@jest/globals';
import { defaultNumThreads, heapMbOfThread } from './numThreads.ts';

const MB = 1024 * 1024;

it.each([
  ['one per core', { cores: 8, memoryBytes: 64_000 * MB, heapBytes: 4_144 * MB }, 8],
  ['as far as the heap limit allows', { cores: 8, memoryBytes: 64_000 * MB, heapBytes: 800 * MB }, 2],
  ['as far as memory allows', { cores: 8, memoryBytes: 1_100 * MB, heapBytes: 4_144 * MB }, 2],
  ['one at least', { cores: 2, memoryBytes: 256 * MB, heapBytes: 128 * MB }, 1],
])('%s', (_case, machine, expected) => {
  expect(defaultNumThreads(machine)).toBe(expected);
});

it('divides the heap among the threads', () => {
  expect(heapMbOfThread({ heapBytes: 4_144 * MB }, 2)).toBe(2_072);
  expect(heapMbOfThread({ heapBytes: 200 * MB }, 4)).toBe(128);
});
