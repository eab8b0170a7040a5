import {
  fitMatrixFactorization,
  fitMatrixFactorizationReference,
  groupByUser,
  randomInt,
  seededRandom,
  type Interactions,
  type MatrixFactorizationOptions,
} from '@pocketrocket/engine';
import type { KernelBenchOptions } from '../kernels.ts';
import { medianSeconds } from './rows.ts';
import type { BenchRow } from './rows.ts';

const OPTIONS: MatrixFactorizationOptions = {
  dim: 64,
  epochs: 5,
  learningRate: 0.01,
  regularization: 0.015,
  negatives: 8,
};
const SEED = 1;
const NUM_USERS = 600;
const NUM_ITEMS = 6000;
const NUM_ROWS = 100_000;

/** Matrix factorization at dim 64 with 8 negatives, on one thread and two, against the reference. */
export async function benchMatrixFactorization({ rounds }: KernelBenchOptions): Promise<BenchRow[]> {
  const interactions = drawInteractions();
  const fit = (threads: number) => () =>
    void fitMatrixFactorization(interactions, OPTIONS, { seed: SEED, threads });
  const seconds = await medianSeconds(
    {
      kernel1: fit(1),
      kernel2: fit(2),
      reference: () => void fitMatrixFactorizationReference(interactions, OPTIONS, { seed: SEED }),
    },
    rounds,
  );
  const work = { amount: NUM_ROWS * OPTIONS.epochs * (1 + OPTIONS.negatives), unit: 'samples' };
  const kernel1 = { name: 'kernel, 1 thread', seconds: seconds.kernel1 };
  const kernel2 = { name: 'kernel, 2 threads', seconds: seconds.kernel2 };
  const reference = { name: 'reference', seconds: seconds.reference };
  const what = `matrix factorization, dim ${OPTIONS.dim}`;
  return [
    { what: `${what}, 1 thread`, work, sides: [kernel1, reference], atLeast: 5 },
    { what: `${what}, 2 threads`, work, sides: [kernel2, kernel1], atLeast: 1.7 },
  ];
}

/** Popular items more often. */
function drawInteractions(): Interactions {
  const random = seededRandom(SEED);
  return groupByUser(
    {
      userIndices: Int32Array.from({ length: NUM_ROWS }, () => randomInt(random, NUM_USERS)),
      itemIndices: Int32Array.from({ length: NUM_ROWS }, () => Math.floor(NUM_ITEMS * random() * random())),
      ratings: new Float32Array(NUM_ROWS).fill(4),
      timestamps: Float64Array.from({ length: NUM_ROWS }, (_, row) => row),
    },
    NUM_USERS,
    NUM_ITEMS,
  );
}
