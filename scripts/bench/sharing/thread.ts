/** A thread of the bench: opens models and serves requests from them, one message at a time. */
import { parentPort } from 'node:worker_threads';
import { openSharedModel, type LoadedModel, type SharedModelHandle } from '@pocketrocket/model';
import { madeUpHistories, serveAll } from './requests.ts';

/** A question to the thread; each is answered by the seconds that it took. */
export type Task =
  | {
      readonly kind: 'open';
      readonly handle: SharedModelHandle;
      readonly thread: number;
      readonly cacheBytes: number;
    }
  | { readonly kind: 'serve'; readonly requests: number }
  | { readonly kind: 'close' };

let model: LoadedModel | null = null;

async function work(task: Task): Promise<void> {
  switch (task.kind) {
    case 'open':
      model = openSharedModel(task.handle, task.thread, { cacheBytes: task.cacheBytes });
      break;
    case 'serve':
      if (model) await serveAll(model, madeUpHistories(model, task.requests));
      break;
    case 'close':
      model = null;
  }
}

parentPort?.on('message', (task: Task) => {
  const startedAt = performance.now();
  void work(task).then(() => parentPort?.postMessage((performance.now() - startedAt) / 1000));
});
