import type { Readiness } from '../model/readiness.ts';

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
