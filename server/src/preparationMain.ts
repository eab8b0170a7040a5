import { parentPort, workerData } from 'node:worker_threads';
import { shareModel, toLoadedModel, withNewMovies } from '@pocketrocket/model';
import type { PreparationData } from './prepareModel.ts';
import { replyOf } from './threads/failures.ts';

const { artifact, contents, threads } = workerData as PreparationData;
parentPort?.postMessage(
  await replyOf(() => shareModel(withNewMovies(toLoadedModel(artifact), contents), { threads })),
);
