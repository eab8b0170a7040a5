import { join } from 'node:path';
import type { Logger } from '@pocketrocket/runtime';
import type { Prepared, PreparationOrder } from './model/prepare.ts';
import type { PrepareModel } from './model/sharedModels.ts';
import { runInThread } from './threads/runInThread.ts';
import { moduleBeside } from './threads/startWorker.ts';

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
    const data: PreparationOrder = { preparation, threads, placementFile };
    const { handle, numPlaced, unkept } = await runInThread<Prepared>({ module: MODULE, data, heapMb });
    const { version, numTrainedItems, items } = handle;
    const newMovies = items.ids.length - numTrainedItems;
    const durationMs = Math.round(performance.now() - begunAt);
    logger.info({ version, newMovies, numPlaced, durationMs }, 'model prepared');
    if (unkept !== null)
      logger.warn({ reason: unkept }, 'the places of new movies cannot be kept for the next start');
    return handle;
  };
}
