import type { Readiness } from '../model/readiness.ts';
import type { ThreadReadiness } from './messages.ts';

/** The readiness of a server whose threads all hang. */
const NO_ANSWER: Readiness = {
  ready: false,
  dataset: null,
  modelVersion: null,
  problem: 'the API does not answer',
  rankerProblem: null,
  rankerVersion: null,
  databaseProblem: null,
  writeProblem: null,
  redisProblem: null,
  training: null,
};

/** The readiness of the whole: ready as soon as one thread is, with every problem that one of them has. */
export function readinessOfThreads(all: readonly Readiness[]): Readiness {
  const best = all.find(({ ready }) => ready) ?? all[0] ?? NO_ANSWER;
  const first = <Key extends 'rankerProblem' | 'databaseProblem' | 'writeProblem' | 'redisProblem'>(
    key: Key,
  ) => all.find((one) => one[key] !== null)?.[key] ?? null;
  return {
    ...best,
    rankerProblem: first('rankerProblem'),
    databaseProblem: first('databaseProblem'),
    writeProblem: first('writeProblem'),
    redisProblem: first('redisProblem'),
  };
}

/**
 * The readiness of a server that starts: not ready before all threads were warm once, or late. One that is started again later does not
 * count; the others answer meanwhile.
 * @param size number of threads
 * @param withinMs after so many milliseconds nobody waits for a thread that has not warmed up; 0 where none does
 */
export function readyWhenWarm(
  { size, withinMs }: { size: number; withinMs: number },
  now: () => number = () => performance.now(),
): (threads: readonly ThreadReadiness[]) => Readiness {
  const startedAt = now();
  let isWarm = false;
  return (threads) => {
    isWarm ||=
      now() - startedAt >= withinMs || (threads.length >= size && threads.every((thread) => thread.isWarm));
    const readiness = readinessOfThreads(threads.map((thread) => thread.readiness));
    return isWarm || !readiness.ready
      ? readiness
      : { ...readiness, ready: false, problem: 'the server is warming up' };
  };
}
