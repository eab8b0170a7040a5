/** A thread that opens a shared model and tells what it answers. */
import { parentPort, workerData } from 'node:worker_threads';
import { openSharedModel, type SharedModelHandle } from '../serving/sharedModel.ts';
import { answersOf } from './answers.ts';
import type { MadeUpHistory } from './madeUpModel.ts';

export interface SharedModelTask {
  readonly handle: SharedModelHandle;
  readonly thread: number;
  readonly histories: readonly MadeUpHistory[];
  readonly rounds: number;
}

const { handle, thread, histories, rounds } = workerData as SharedModelTask;
const model = openSharedModel(handle, thread, { cacheBytes: 200_000 });
// Each thread in an order of its own, so that different users are at work at once.
const order = Array.from(
  { length: rounds * histories.length },
  (_, turn) => (turn * (2 * thread + 1)) % histories.length,
);
parentPort?.postMessage(await answersOf(model, histories, order));
