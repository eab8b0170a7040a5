import { availableParallelism, totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

/** The machine as far as it bounds the number of threads. */
export interface Machine {
  cores: number;
  /** Of the machine, or of the container where it has less. */
  memoryBytes: number;
  /** V8's limit, by `--max-old-space-size` or by the machine's memory. */
  heapBytes: number;
}

const MEGABYTE = 1024 * 1024;
/** Heap, and memory in all, that a thread should have. */
const THREAD_BYTES = 384 * MEGABYTE;
/** Memory of the front and of what all threads share. */
const FRONT_BYTES = 256 * MEGABYTE;

export function thisMachine(): Machine {
  // 0 or beyond all memory where nothing constrains the process.
  const constrained = process.constrainedMemory() ?? 0;
  return {
    cores: availableParallelism(),
    memoryBytes: constrained > 0 ? Math.min(constrained, totalmem()) : totalmem(),
    heapBytes: getHeapStatistics().heap_size_limit,
  };
}

/** One thread per core, as far as heap and memory allow; at least one. */
export function defaultNumThreads({ cores, memoryBytes, heapBytes }: Machine): number {
  const byHeap = Math.floor(heapBytes / THREAD_BYTES);
  const byMemory = Math.floor((memoryBytes - FRONT_BYTES) / THREAD_BYTES);
  return Math.max(1, Math.min(cores, byHeap, byMemory));
}

/** Megabytes of heap for each of so many threads: all together have what the process may have. */
export function heapMbOfThread({ heapBytes }: Pick<Machine, 'heapBytes'>, numThreads: number): number {
  return Math.max(128, Math.floor(heapBytes / MEGABYTE / numThreads));
}
