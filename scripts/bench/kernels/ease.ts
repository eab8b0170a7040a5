import { fitEASE, fitEASEReference } from '@pocketrocket/engine';
import type { KernelBenchOptions } from '../kernels.ts';
import { randomHistories } from './randomHistories.ts';
import { medianSeconds } from './rows.ts';
import type { BenchRow } from './rows.ts';

/** EASE of 1,000 items, from more users (primal) and from fewer (dual): kernel on one thread and two, and reference. */
export async function benchEASE({ rounds }: KernelBenchOptions): Promise<BenchRow[]> {
  const options = { l2: 200, numNeighbours: 200 };
  const rows: BenchRow[] = [];
  for (const [form, numUsers] of [
    ['primal', 2000],
    ['dual', 400],
  ] as const) {
    const data = randomHistories(numUsers, 1000, 60);
    const kernel = (threads: number) => () => void fitEASE(data, options, { seed: 1, threads });
    const seconds = await medianSeconds(
      {
        kernel1: kernel(1),
        kernel2: kernel(2),
        reference: () => void fitEASEReference(data, options, { seed: 1 }),
      },
      rounds,
    );
    const what = `EASE, ${form}, ${numUsers} users × 1,000 items`;
    const one = { name: 'kernel, 1 thread', seconds: seconds.kernel1 };
    rows.push(
      { what, sides: [one, { name: 'reference', seconds: seconds.reference }], atLeast: 4 },
      {
        what: `${what}, 2 threads`,
        sides: [{ name: 'kernel, 2 threads', seconds: seconds.kernel2 }, one],
        atLeast: 1.2,
      },
    );
  }
  return rows;
}
