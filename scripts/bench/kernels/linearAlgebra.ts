import {
  choleskyFactor,
  eliminateOnThreads,
  gaussian,
  gramian,
  invertPositiveDefinite,
  multiply,
  multiplyOnThreads,
  seededRandom,
} from '@pocketrocket/engine';
import type { KernelBenchOptions } from '../kernels.ts';
import { medianSeconds } from './rows.ts';
import type { BenchRow } from './rows.ts';

/** Rows and columns. */
const SIDE = 512;

/** Product, Cholesky factor and inverse of dense matrices: kernel on one thread and two, against the reference. */
export async function benchLinearAlgebra({ rounds }: KernelBenchOptions): Promise<BenchRow[]> {
  const random = seededRandom(1);
  const numbers = Float32Array.from({ length: SIDE * SIDE }, () => gaussian(random));
  const definite = gramian(numbers, SIDE);
  for (let i = 0; i < SIDE; i++) definite[i * SIDE + i] = SIDE + (definite[i * SIDE + i] ?? 0);
  const tasks = [
    {
      name: 'product',
      operations: 2 * SIDE ** 3,
      kernel: (threads: number) => void multiplyOnThreads(numbers, numbers, SIDE, SIDE, SIDE, threads),
      reference: () => void multiply(numbers, numbers, SIDE, SIDE, SIDE),
    },
    {
      name: 'Cholesky factor',
      operations: SIDE ** 3 / 3,
      kernel: (threads: number) => void eliminateOnThreads(definite.slice(), SIDE, false, threads),
      reference: () => void choleskyFactor(definite.slice(), SIDE),
    },
    {
      name: 'inverse',
      operations: SIDE ** 3,
      kernel: (threads: number) => void eliminateOnThreads(definite.slice(), SIDE, true, threads),
      reference: () => void invertPositiveDefinite(definite.slice(), SIDE),
    },
  ];
  const rows: BenchRow[] = [];
  for (const { name, operations, kernel, reference } of tasks) {
    const seconds = await medianSeconds(
      { kernel1: () => kernel(1), kernel2: () => kernel(2), reference },
      rounds,
    );
    const what = `${name} of ${SIDE} × ${SIDE}`;
    const work = { amount: operations / 1e6, unit: 'Mflop' };
    const one = { name: 'kernel, 1 thread', seconds: seconds.kernel1 };
    rows.push(
      { what, work, sides: [one, { name: 'reference', seconds: seconds.reference }], atLeast: 4 },
      {
        what: `${what}, 2 threads`,
        work,
        sides: [{ name: 'kernel, 2 threads', seconds: seconds.kernel2 }, one],
        atLeast: 1.2,
      },
    );
  }
  return rows;
}
