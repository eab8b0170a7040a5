import { AppError } from '@pocketrocket/runtime';
import { compileKernels } from '../lib/kernels.ts';
import { benchEASE } from './kernels/ease.ts';
import { benchImplicitALS } from './kernels/implicitALS.ts';
import { benchItem2Vec } from './kernels/item2vec.ts';
import { benchLinearAlgebra } from './kernels/linearAlgebra.ts';
import { benchNeuralCF } from './kernels/neuralCF.ts';
import { benchMatrixFactorization } from './kernels/matrixFactorization.ts';
import { formatRow } from './kernels/rows.ts';
import type { BenchRow } from './kernels/rows.ts';
import { benchSequence } from './kernels/sequence.ts';
import { benchTopK } from './kernels/topK.ts';

export interface KernelBenchOptions {
  /** Interleaved rounds after one to warm up; the median counts. */
  readonly rounds: number;
}

type Bench = (options: KernelBenchOptions) => Promise<BenchRow[]>;

/** Every comparison by its name, in the order they run. */
const BENCHES: Readonly<Record<string, Bench>> = {
  item2vec: benchItem2Vec,
  neuralCF: benchNeuralCF,
  matrixFactorization: benchMatrixFactorization,
  sequence: benchSequence,
  topK: benchTopK,
  linearAlgebra: benchLinearAlgebra,
  implicitALS: benchImplicitALS,
  ease: benchEASE,
};

/**
 * Prints how the kernels compare with their references and with other people's libraries.
 * @throws AppError BAD_USER_INPUT for a name that there is no comparison of.
 */
export async function benchKernels(names: readonly string[], options: KernelBenchOptions): Promise<void> {
  const unknown = names.find((name) => !(name in BENCHES));
  if (unknown !== undefined) {
    const known = Object.keys(BENCHES).join(', ');
    throw new AppError('BAD_USER_INPUT', `there is no comparison ${unknown}; there are ${known}`);
  }
  await compileKernels();
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    for (const row of await bench(options)) process.stdout.write(`${formatRow(row)}\n`);
  }
}
