import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { AppError, type ErrorCode } from '@pocketrocket/runtime';
import { endedEarly, type Exit } from '../processes/endedEarly.ts';
import { runnableModule } from '../processes/runnableModule.ts';
import type { PartsDone } from './listMaker.ts';

/** All that a worker must know to make lists. */
export interface ListSettings {
  databaseUrl: string;
  modelDir: string;
  modelVersion: number;
  top: number;
  folder: string;
}

/** The users of one part, from a first to a last id. */
export interface ListPart {
  place: number;
  firstUser: number;
  lastUser: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Messages to a worker: the settings first, then part after part. */
export type ToWorker = { kind: 'settings'; settings: ListSettings } | { kind: 'part'; part: ListPart };
/** The answer to each part: how many users it has, or the expected failure that ends the work. */
export type FromWorker =
  | { kind: 'made'; users: number }
  | { kind: 'failed'; code: ErrorCode; message: string };

/**
 * Makes parts in processes of their own, as many as asked for.
 * @param env of the processes
 * @param onDone told whenever a further part is on disk
 * @throws AppError of what failed in a worker, such as ENVIRONMENT for a full disk or too little memory; Error where one ends early otherwise:
 *   its log says why; the signal's reason once it is aborted. Parts that are done stay
 */
export async function makeParts(
  settings: ListSettings,
  parts: readonly ListPart[],
  { numWorkers, env }: { numWorkers: number; env: Environment },
  onDone: (done: PartsDone) => void,
  signal: AbortSignal,
): Promise<void> {
  const left = [...parts];
  const done: PartsDone = { parts: 0, users: 0 };
  const failure = new AbortController();
  const stopping = AbortSignal.any([signal, failure.signal]);
  const work = async (): Promise<void> => {
    stopping.throwIfAborted();
    const worker = startWorker(env);
    const stop = (): void => void worker.kill('SIGKILL');
    stopping.addEventListener('abort', stop, { once: true });
    try {
      await tell(worker, { kind: 'settings', settings });
      for (let part = left.shift(); part; part = left.shift()) {
        const users = await ask(worker, part);
        done.users += users;
        done.parts++;
        onDone(done);
        stopping.throwIfAborted();
      }
    } catch (error) {
      failure.abort(error);
      signal.throwIfAborted();
      throw error;
    } finally {
      stopping.removeEventListener('abort', stop);
      stop();
    }
  };
  await Promise.all(Array.from({ length: Math.min(numWorkers, parts.length) }, work));
}

function startWorker(given: Environment): ChildProcess {
  const { file, execArgv, env } = runnableModule('./lists/listsMain.ts');
  return fork(file, { execArgv, env: { ...given, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

function tell(worker: ChildProcess, message: ToWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.send(message, (error) => (error ? reject(error) : resolve()));
  });
}

/** @returns the number of users of the part */
async function ask(worker: ChildProcess, part: ListPart): Promise<number> {
  const answered = new AbortController();
  const { signal } = answered;
  const answer = once(worker, 'message', { signal }) as Promise<[FromWorker]>;
  const end = (once(worker, 'exit', { signal }) as Promise<Exit>).then((exit) => {
    throw endedEarly('making lists', exit);
  });
  try {
    const [message] = await Promise.race([Promise.all([answer, tell(worker, { kind: 'part', part })]), end]);
    const [told] = message;
    if (told.kind === 'failed') throw new AppError(told.code, told.message);
    return told.users;
  } finally {
    answered.abort();
    // What is no longer waited for rejects when it is given up.
    await Promise.allSettled([answer, end]);
  }
}
