/**
 * One worker thread of a crew (engine/src/kernels/threads.ts): waits for jobs in shared memory, never for messages.
 *
 * Plain JavaScript, so that it starts alike from sources, tests and the built package.
 */
import { workerData } from 'node:worker_threads';

const { module, memory, words } = workerData;
const { JOB, ACTIVE, FUNCTION, NUM_ARGUMENTS, FAILED, ARGUMENTS, FAILURE_BYTES } = words;
const control = new Int32Array(memory.buffer, 0, ARGUMENTS + 16);
const functions = Object.values(new WebAssembly.Instance(module, { env: { memory } }).exports);

let seen = 0;
for (;;) {
  Atomics.wait(control, JOB, seen);
  const job = Atomics.load(control, JOB);
  if (job < 0) break;
  if (job === seen) continue;
  seen = job;
  // An even number says that the job is over.
  if (job % 2 === 0) continue;
  Atomics.add(control, ACTIVE, 1);
  if (Atomics.load(control, JOB) === job) work();
  Atomics.sub(control, ACTIVE, 1);
  Atomics.notify(control, ACTIVE);
}

/** Runs the job's function; what it throws is written down for the thread that waits. */
function work() {
  try {
    const args = control.slice(ARGUMENTS, ARGUMENTS + control[NUM_ARGUMENTS]);
    functions[control[FUNCTION]](...args);
  } catch (error) {
    const message = new TextEncoder().encode(String(error)).subarray(0, FAILURE_BYTES.length);
    new Uint8Array(memory.buffer, FAILURE_BYTES.start, FAILURE_BYTES.length).fill(0).set(message);
    Atomics.store(control, FAILED, 1);
  }
}
