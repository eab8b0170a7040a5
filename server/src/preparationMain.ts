import { parentPort, workerData } from 'node:worker_threads';
import { prepare, type PreparationOrder } from './model/prepare.ts';
import { replyOf } from './threads/failures.ts';

parentPort?.postMessage(await replyOf(() => prepare(workerData as PreparationOrder)));
