import { errorOf } from './failures.ts';
import type { Reply } from './messages.ts';
import { startWorker, type StartWorkerOptions } from './startWorker.ts';

/** Runs a module in a thread that ends with it. @returns the value of the one reply that it posts @throws what it failed with */
export function runInThread<Value>(options: StartWorkerOptions): Promise<Value> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(options);
    worker.once('message', (reply: Reply) => {
      if ('failure' in reply) reject(errorOf(reply.failure));
      else resolve(reply.value as Value);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('a thread ended before it replied')));
  });
}
