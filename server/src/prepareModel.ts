import type { SharedModelHandle } from '@pocketrocket/model';
import type { Preparation, PrepareModel } from './model/sharedModels.ts';
import { errorOf } from './threads/failures.ts';
import type { Reply } from './threads/messages.ts';
import { moduleBeside, startWorker } from './threads/startWorker.ts';

/** A preparation with the number of threads to share it among. */
export interface PreparationData extends Preparation {
  threads: number;
}

const MODULE = moduleBeside(import.meta.url, 'preparationMain');

/**
 * Places models in shared memory in threads that end with it, so that nobody waits meanwhile.
 * @param threads that will serve from each model
 */
export function preparingThread(threads: number, heapMb: number): PrepareModel {
  return (preparation) =>
    new Promise((resolve, reject) => {
      const data: PreparationData = { ...preparation, threads };
      const worker = startWorker({ module: MODULE, data, heapMb });
      worker.once('message', (reply: Reply) => {
        if ('failure' in reply) reject(errorOf(reply.failure));
        else resolve(reply.value as SharedModelHandle);
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread that prepares a model ended without one')));
    });
}
