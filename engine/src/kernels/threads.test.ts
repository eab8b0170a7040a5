import { describe, expect, it } from '@jest/globals';
import { builtKernel } from '../test/testKernel.ts';
import { EngineMemoryError, requireMemory, reserveMemory } from './kernelMemory.ts';
import { startThreads } from './threads.ts';

const NUM_WORDS = 1 << 20;

describe('startThreads', () => {
  const kernel = builtKernel('library');

  it.each([1, 2, 3])('does every chunk once with %d threads, job after job', (threads) => {
    const reserved = reserveMemory('the test', {
      counter: ['Int32Array', 1],
      words: ['Uint32Array', NUM_WORDS],
    });
    const { counter, words } = reserved.arrays;
    const crew = startThreads(kernel, reserved, threads);
    try {
      for (let job = 1; job <= 20; job++) {
        counter.fill(0);
        crew.run('countWords', counter.byteOffset, words.byteOffset, NUM_WORDS, 1000);
        expect(words.every((word) => word === job)).toBe(true);
      }
    } finally {
      crew.end();
    }
  });

  it.each([2, 3])('has %d threads at work at once, though the caller never yields', (threads) => {
    const reserved = reserveMemory('the test', { arrived: ['Int32Array', 1] });
    const crew = startThreads(kernel, reserved, threads);
    try {
      crew.run('meet', reserved.arrays.arrived.byteOffset, threads);
      expect(reserved.arrays.arrived[0]).toBe(threads);
    } finally {
      crew.end();
    }
  });

  it('says which thread function failed, and why', () => {
    const reserved = reserveMemory('the test', { counter: ['Int32Array', 1] });
    const crew = startThreads(kernel, reserved, 2);
    try {
      expect(() => crew.run('trap')).toThrow('memory access out of bounds');
      expect(() => crew.run('nothing')).toThrow('the kernel library has no function nothing');
    } finally {
      crew.end();
    }
    expect(() => startThreads(kernel, reserved)).toThrow(
      'threads were already started on this kernel memory',
    );
  });
});

describe('reserveMemory', () => {
  it('hands out zeroed arrays side by side, on cache lines', () => {
    const { arrays, memory } = reserveMemory('the test', {
      a: ['Float32Array', 3],
      b: ['Float64Array', 2],
      c: ['Int8Array', 0],
    });
    expect(arrays.a).toEqual(new Float32Array(3));
    expect([arrays.a, arrays.b, arrays.c].map((array) => array.byteOffset)).toEqual([1024, 1088, 1152]);
    expect(arrays.a.buffer).toBe(memory.buffer);
  });

  it('refuses what does not fit, with the figure needed and the figure there', () => {
    expect(() => reserveMemory('ease', { gram: ['Float32Array', 40_000 ** 2] })).toThrow(EngineMemoryError);
    expect(() => requireMemory('ease', 5 * 2 ** 30)).toThrow(
      /^ease: needs 5,120 MiB of memory, and there are [\d,]+ MiB/,
    );
  });
});
