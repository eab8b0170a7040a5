import { fitImplicitALS, fitImplicitALSReference } from '@pocketrocket/engine';
import type { KernelBenchOptions } from '../kernels.ts';
import { randomHistories } from './randomHistories.ts';
import { medianSeconds } from './rows.ts';
import type { BenchRow } from './rows.ts';

/** Implicit ALS at 64 dimensions on 100,000 interactions: kernel on one thread and two, and reference. */
export async function benchImplicitALS({ rounds }: KernelBenchOptions): Promise<BenchRow[]> {
  const data = randomHistories(1000, 2000, 100);
  const options = { dim: 64, regularization: 0.02, unobservedWeight: 0.1, iterations: 1 };
  const kernel = (threads: number) => () => void fitImplicitALS(data, options, { seed: 1, threads });
  const seconds = await medianSeconds(
    {
      kernel1: kernel(1),
      kernel2: kernel(2),
      reference: () => void fitImplicitALSReference(data, options, { seed: 1 }),
    },
    rounds,
  );
  const what = 'implicit ALS, dim 64, one iteration';
  const work = { amount: data.itemIndices.length, unit: 'interactions' };
  const one = { name: 'kernel, 1 thread', seconds: seconds.kernel1 };
  return [
    { what, work, sides: [one, { name: 'reference', seconds: seconds.reference }], atLeast: 4 },
    {
      what: `${what}, 2 threads`,
      work,
      sides: [{ name: 'kernel, 2 threads', seconds: seconds.kernel2 }, one],
      atLeast: 1.2,
    },
  ];
}
