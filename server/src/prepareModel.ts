import { join } from 'node:path';
import type { Logger } from '@pocketrocket/runtime';
import type { Prepared, PreparationOrder } from './model/prepare.ts';
import type { PrepareModel } from './model/sharedModels.ts';
import { errorOf } from './threads/failures.ts';
import type { Reply } from './threads/messages.ts';
import { moduleBeside, startWorker } from './threads/startWorker.ts';

const MODULE = moduleBeside(import.meta.url, 'preparationMain');

/** The models' thread and its surroundings. */
export interface PreparingOptions {
  /** Threads that will serve from each model. */
  threads: number;
  heapMb: number;
  /** Folder of what need not be made again at the next start. */
  cacheDir: string;
  logger: Logger;
}

/** Places models in shared memory in threads that end with it, so that nobody waits meanwhile. */
export function preparingThread({ threads, heapMb, cacheDir, logger }: PreparingOptions): PrepareModel {
  const placementFile = join(cacheDir, 'new-movies.bin');
  return async (preparation) => {
    const begunAt = performance.now();
    const { handle, numPlaced, unkept } = await runOnce({ preparation, threads, placementFile }, heapMb);
    const { version, numTrainedItems, items } = handle;
    const newMovies = items.ids.length - numTrainedItems;
    const durationMs = Math.round(performance.now() - begunAt);
    logger.info({ version, newMovies, numPlaced, durationMs }, 'model prepared');
    if (unkept !== null)
      logger.warn({ reason: unkept }, 'the places of new movies cannot be kept for the next start');
    return handle;
  };
}

function runOnce(order: PreparationOrder, heapMb: number): Promise<Prepared> {
  return new Promise((resolve, reject) => {
    const worker = startWorker({ module: MODULE, data: order, heapMb });
    worker.once('message', (reply: Reply) => {
      if ('failure' in reply) reject(errorOf(reply.failure));
      else resolve(reply.value as Prepared);
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread that prepares a model ended without one')));
  });
}
