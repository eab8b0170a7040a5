import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { KernelMemory } from './kernelMemory.ts';
import type { Kernel } from './loadKernel.ts';
import { wasm } from './webAssembly.ts';
import type { WasmInstance } from './webAssembly.ts';

/** Places of the control words, in 32-bit words from the start of the memory; the worker reads this table. */
const CONTROL = {
  /** Odd while a job is open, even when it is over, −1 when the crew ends. */
  JOB: 0,
  /** Workers inside the job. */
  ACTIVE: 1,
  /** The index of the export to call, from 0. */
  FUNCTION: 2,
  NUM_ARGUMENTS: 3,
  FAILED: 4,
  ARGUMENTS: 8,
  /** The text of a worker's error, UTF-8, in bytes. */
  FAILURE_BYTES: { start: 128, length: 512 },
} as const;

const MAX_ARGUMENTS = 16;
const WORKER = fileURLToPath(new URL('../../kernels/worker.js', import.meta.url));

/** Threads that run the functions of one kernel on one memory. */
export interface ThreadCrew {
  /** Threads that work, the caller's among them. */
  readonly threads: number;
  /**
   * Calls an exported function on every thread that is ready, the caller's among them, with the same integer arguments,
   * and returns when all have returned.
   *
   * The function must draw its work chunk by chunk from a counter in memory (`lib/queue.ts`), which the caller sets to
   * zero first: then any number of threads finishes the job, and one that starts late finds nothing left.
   * @throws RangeError when the kernel has no such function.
   * @throws Error with the message of a thread that trapped.
   */
  run(functionName: string, ...args: number[]): void;
  /** Ends the workers; call it in `finally`. */
  end(): void;
}

/**
 * Starts a crew of `threads` threads: the caller's, and one worker for each further one.
 *
 * Everything stays synchronous: the workers need no event loop of the caller. With one thread nothing is started.
 * @throws RangeError when the memory had a crew before.
 */
export function startThreads(
  kernel: Kernel,
  { memory }: Pick<KernelMemory, 'memory'>,
  threads = 1,
): ThreadCrew {
  const control = new Int32Array(memory.buffer, 0, CONTROL.ARGUMENTS + MAX_ARGUMENTS);
  const instance: WasmInstance = new wasm.Instance(kernel.module, { env: { memory } });
  const names = Object.keys(instance.exports);
  if (control[CONTROL.JOB] !== 0) throw new RangeError('threads were already started on this kernel memory');
  let job = 0;
  for (let worker = 1; worker < threads; worker++) startWorker(kernel, memory);

  return {
    threads,
    run(functionName, ...args) {
      if (!names.includes(functionName)) {
        throw new RangeError(`the kernel ${kernel.name} has no function ${functionName}`);
      }
      if (args.length > MAX_ARGUMENTS) throw new RangeError(`a job takes at most ${MAX_ARGUMENTS} arguments`);
      control[CONTROL.FUNCTION] = names.indexOf(functionName);
      control[CONTROL.NUM_ARGUMENTS] = args.length;
      control.set(args, CONTROL.ARGUMENTS);
      signal(++job);
      try {
        instance.exports[functionName](...args);
      } finally {
        signal(++job);
        waitForWorkers();
      }
      if (Atomics.load(control, CONTROL.FAILED) !== 0) {
        throw new Error(`a thread of the kernel ${kernel.name} failed: ${failure()}`);
      }
    },
    end: () => signal(-1),
  };

  function signal(word: number): void {
    Atomics.store(control, CONTROL.JOB, word);
    Atomics.notify(control, CONTROL.JOB);
  }

  function waitForWorkers(): void {
    for (;;) {
      const active = Atomics.load(control, CONTROL.ACTIVE);
      if (active === 0) return;
      Atomics.wait(control, CONTROL.ACTIVE, active);
    }
  }

  function failure(): string {
    const { start, length } = CONTROL.FAILURE_BYTES;
    // Copied: a decoder takes no shared memory.
    const bytes = new Uint8Array(memory.buffer, start, length).slice();
    return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
  }
}

function startWorker({ module }: Kernel, memory: KernelMemory['memory']): void {
  const worker = new Worker(WORKER, { workerData: { module, memory, words: CONTROL }, execArgv: [] });
  // Idle threads must not keep the process alive.
  worker.unref();
}
