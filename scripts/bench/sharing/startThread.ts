import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Task } from './thread.ts';

/** A thread that does one task at a time. */
export interface BenchThread {
  /** Answers how many seconds the task took. */
  run(task: Task): Promise<number>;
  end(): Promise<unknown>;
}

const THREAD = new URL('thread.ts', import.meta.url).href;
/** Loads TypeScript in a thread, where `--import tsx` does nothing. */
const LOADER = `import('tsx/esm/api').then(({ register }) => { register(); return import('${THREAD}'); })`;

/** Starts a thread, ready for tasks. */
export async function startThread(): Promise<BenchThread> {
  const worker = new Worker(LOADER, { eval: true, execArgv: ['--conditions=@pocketrocket/source'] });
  const run = async (task: Task): Promise<number> => {
    worker.postMessage(task);
    const [seconds] = (await once(worker, 'message')) as [number];
    return seconds;
  };
  await run({ kind: 'close' });
  return { run, end: () => worker.terminate() };
}
