import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  openSharedModel,
  shareModel,
  toLoadedModel,
  type LoadedModel,
  type SharedModelHandle,
} from '@pocketrocket/model';
import { readArtifact, servingOrder } from '@pocketrocket/model/artifact';
import { AppError } from '@pocketrocket/runtime';
import { medianSeconds } from '../kernels/rows.ts';
import { residentMegabytes } from '../soak/resident.ts';
import { madeUpHistories, serveAll } from './requests.ts';
import { startThread, type BenchThread } from './startThread.ts';

export interface SharingBenchOptions {
  /** A home with a trained model. */
  home: string;
  requests: number;
  rounds: number;
  exchanges: number;
}

/** Of one thread's cached features. */
const CACHE_BYTES = 16 * 2 ** 20;

/** Prints what a second thread on one copy of a model costs and brings, and that memory goes when models are exchanged. */
export async function benchSharing(options: SharingBenchOptions): Promise<void> {
  const modelDir = join(options.home, 'models');
  const [version] = await servingOrder(modelDir);
  if (version === undefined) throw new AppError('BAD_USER_INPUT', `there is no model in ${modelDir}`);
  const load = async (): Promise<LoadedModel> => toLoadedModel(await readArtifact(modelDir, version));
  const model = await load();
  const { counts, tensors } = model.manifest;
  const bytes = Object.values(tensors).reduce((sum, tensor) => sum + tensor.bytes, 0);
  print(
    `${counts.items.toLocaleString('en')} movies, ${counts.users.toLocaleString('en')} users, a model of ${mb(bytes / 2 ** 20)}`,
  );
  await compareSpeed(model, options);
  await measureThreads(load, options);
  await measureExchanges(load, options);
}

/** One thread on a model of its own and on a shared one, in turn. */
async function compareSpeed(model: LoadedModel, { requests, rounds }: SharingBenchOptions): Promise<void> {
  const histories = madeUpHistories(model, requests);
  const shared = openSharedModel(shareModel(model, { threads: 2 }), 0, { cacheBytes: CACHE_BYTES });
  const seconds = await medianSeconds(
    { own: cpuOf(() => serveAll(model, histories)), shared: cpuOf(() => serveAll(shared, histories)) },
    rounds,
  );
  print(
    `one thread: ${perRequest(seconds.own, requests)} of CPU a request on a model of its own, ` +
      `${perRequest(seconds.shared, requests)} on a shared one: ${(seconds.own / seconds.shared).toFixed(3)}× as fast`,
  );
}

/** CPU seconds of this process instead of the clock's, so that what else the machine does counts less. */
function cpuOf(work: () => Promise<void>): () => Promise<number> {
  return async () => {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  };
}

async function measureThreads(
  load: () => Promise<LoadedModel>,
  { requests, rounds }: SharingBenchOptions,
): Promise<void> {
  const handle = shareModel(await load(), { threads: 2 });
  const threads: BenchThread[] = [];
  for (const thread of [0, 1]) {
    const before = await resident();
    const started = await startThread();
    threads.push(started);
    const idle = await resident();
    const opening = await started.run({ kind: 'open', handle, thread, cacheBytes: CACHE_BYTES });
    const opened = await resident();
    await started.run({ kind: 'serve', requests });
    const served = await resident();
    print(
      `thread ${thread + 1}: ${mb(served - before)}, of which ${mb(idle - before)} without the model, ` +
        `${mb(opened - idle)} when it is opened (in ${(1000 * opening).toFixed(1)} ms), ` +
        `${mb(served - opened)} by ${requests} requests (${mb(CACHE_BYTES / 2 ** 20)} of cache)`,
    );
  }
  const serve = (some: readonly BenchThread[]) => () =>
    Promise.all(some.map((thread) => thread.run({ kind: 'serve', requests })));
  const seconds = await medianSeconds({ one: serve(threads.slice(0, 1)), two: serve(threads) }, rounds);
  const [one, two] = [requests / seconds.one, (2 * requests) / seconds.two];
  print(`${one.toFixed(0)} requests/s by one thread, ${two.toFixed(0)} by two: ${(two / one).toFixed(2)}×`);
  for (const thread of threads) await thread.end();
}

/** Exchanges the model of a thread again and again, as a server does, and lets the collector find what is left. */
async function measureExchanges(
  load: () => Promise<LoadedModel>,
  { exchanges }: SharingBenchOptions,
): Promise<void> {
  const thread = await startThread();
  const before = await resident();
  const sizes: number[] = [];
  for (let exchange = 0; exchange < exchanges; exchange++) {
    await thread.run({ kind: 'open', handle: await shared(load), thread: 0, cacheBytes: CACHE_BYTES });
    await thread.run({ kind: 'serve', requests: 100 });
    sizes.push(residentMegabytes(process.pid));
  }
  await thread.run({ kind: 'close' });
  await thread.end();
  const left = await resident();
  const shown = sizes.filter((_, index) => index % 5 === 4);
  print(
    `${exchanges} exchanges: resident ${before.toFixed(0)} MB before, after every fifth ` +
      `${shown.map((size) => size.toFixed(0)).join(', ')} MB, ${left.toFixed(0)} MB when all have gone`,
  );
}

/** A function of its own, so that no frame holds the model. */
async function shared(load: () => Promise<LoadedModel>): Promise<SharedModelHandle> {
  return shareModel(await load(), { threads: 2 });
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The resident size in MB once everything unreachable is gone. */
async function resident(): Promise<number> {
  for (let time = 0; time < 3; time++) {
    collect();
    await sleep(100);
  }
  return residentMegabytes(process.pid);
}

function perRequest(seconds: number, requests: number): string {
  return `${((1000 * seconds) / requests).toFixed(3)} ms`;
}

function mb(megabytes: number): string {
  return `${megabytes.toFixed(0)} MB`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
