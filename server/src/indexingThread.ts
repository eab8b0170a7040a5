import type { IndexTitles } from './catalogue/catalogueSource.ts';
import type { PackedIndex } from './catalogue/packedIndex.ts';
import { runInThread } from './threads/runInThread.ts';
import { moduleBeside } from './threads/startWorker.ts';

const MODULE = moduleBeside(import.meta.url, 'indexingMain');

/** Makes indexes of titles in threads that end with it, so that nobody waits meanwhile. */
export function indexingThread(heapMb: number): IndexTitles {
  return (movies) => runInThread<PackedIndex>({ module: MODULE, data: movies, heapMb });
}
