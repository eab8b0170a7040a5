import { types } from 'node:util';
import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { answersOf } from '../test/answers.ts';
import { madeUpModel, withMadeUpMovies, type MadeUpHistory } from '../test/madeUpModel.ts';
import type { SharedModelTask } from '../test/sharedModelThread.ts';
import type { LoadedModel } from './loadedModel.ts';
import { openSharedModel, shareModel } from './sharedModel.ts';

const THREADS = 3;
const ROUNDS = 3;
/** Threads compile TypeScript first, which takes long on a busy machine. */
const PATIENCE_MS = 180_000;
const THREAD = new URL('../test/sharedModelThread.ts', import.meta.url).href;
/** Loads TypeScript in a thread, where `--import tsx` does nothing. */
const WORKER = `import('tsx/esm/api').then(({ register }) => { register(); return import('${THREAD}'); })`;

/** Asks another thread for its answers from a handle. */
function answersOfThread(task: SharedModelTask): Promise<string[]> {
  const worker = new Worker(WORKER, {
    workerData: task,
    eval: true,
    execArgv: ['--conditions=@pocketrocket/source'],
  });
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

describe('shareModel', () => {
  let trained: LoadedModel;
  let histories: MadeUpHistory[];

  beforeAll(() => {
    ({ model: trained, histories } = madeUpModel());
  });

  it.each([
    ['as it was trained', (model: LoadedModel) => model],
    ['with new movies', withMadeUpMovies],
  ])(
    'gives threads at work at once the lists of one thread, bit by bit: a model %s',
    async (_what, made) => {
      const model = made(trained);
      const expected = await answersOf(model, histories, [...histories.keys()]);
      expect(new Set(expected).size).toBe(histories.length);
      const handle = shareModel(model, { threads: THREADS });
      const tasks = Array.from({ length: THREADS }, (_, thread) => ({
        handle,
        thread,
        histories,
        rounds: ROUNDS,
      }));
      const answers = await Promise.all(tasks.map(answersOfThread));
      for (const ofThread of answers) expect(ofThread).toEqual(expected);
    },
    PATIENCE_MS,
  );

  it('serves the thread that shared it as well', async () => {
    const model = withMadeUpMovies(trained);
    const opened = openSharedModel(shareModel(model, { threads: 1 }), 0);
    const order = [...histories.keys()];
    expect(await answersOf(opened, histories, order)).toEqual(await answersOf(model, histories, order));
  });

  it('can be opened again by who takes the place of a thread that ended', async () => {
    const handle = shareModel(trained, { threads: 2 });
    const order = [...histories.keys()];
    const first = await answersOf(openSharedModel(handle, 1), histories, order);
    expect(await answersOf(openSharedModel(handle, 1), histories, order)).toEqual(first);
  });

  it.each([-1, 2, 0.5])('refuses thread %p of two', (thread) => {
    const handle = shareModel(trained, { threads: 2 });
    expect(() => openSharedModel(handle, thread)).toThrow(RangeError);
  });

  it('copies no array of numbers into a thread', () => {
    const handle = shareModel(withMadeUpMovies(trained), { threads: 2 });
    // What a thread is handed: shared memory arrives as itself, all else would be a copy.
    const opened = openSharedModel(structuredClone(handle), 1);
    const copied = arraysIn(opened).filter(([, array]) => !types.isSharedArrayBuffer(array.buffer));
    expect(copied.map(([path]) => path)).toEqual([]);
    expect(arraysIn(opened).length).toBeGreaterThan(25);
  });
});

/** Every array of numbers that can be reached, with its path. */
function arraysIn(value: unknown, path = 'model'): [string, ArrayBufferView][] {
  if (typeof value !== 'object' || value === null) return [];
  if (ArrayBuffer.isView(value)) return [[path, value]];
  return Object.entries(value).flatMap(([name, field]) => arraysIn(field, `${path}.${name}`));
}
