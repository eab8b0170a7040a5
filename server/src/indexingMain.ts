import { parentPort, workerData } from 'node:worker_threads';
import { indexTitles, type SearchableMovies } from './catalogue/indexTitles.ts';
import { replyOf } from './threads/failures.ts';

parentPort?.postMessage(await replyOf(() => indexTitles(workerData as SearchableMovies)));
