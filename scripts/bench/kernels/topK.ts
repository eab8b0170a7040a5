import { exactIndex, gaussian, seededRandom, topK } from '@pocketrocket/engine';
import type { KernelBenchOptions } from '../kernels.ts';
import { medianSeconds } from './rows.ts';
import type { BenchRow } from './rows.ts';

const DIM = 64;
const K = 500;
const LARGE = 1_000_000;
const SMALL = 10_000;
/** Small searches are over in microseconds; a round makes this many. */
const SMALL_QUERIES = 200;

/** The exact 500 best of a million and of ten thousand inner products at dim 64, one thread. */
export async function benchTopK({ rounds }: KernelBenchOptions): Promise<BenchRow[]> {
  const random = seededRandom(1);
  const query = new Float32Array(DIM).map(() => gaussian(random));
  const vectors = skewedVectors(LARGE);
  const float32 = exactIndex(vectors, DIM, { quantised: false });
  const int8 = exactIndex(vectors, DIM, { quantised: true });
  const few = vectors.slice(0, SMALL * DIM);
  const fewFloat32 = exactIndex(few, DIM, { quantised: false });
  const repeat = (search: () => unknown) => () => {
    const started = performance.now();
    for (let i = 0; i < SMALL_QUERIES; i++) search();
    return (performance.now() - started) / 1000 / SMALL_QUERIES;
  };
  const seconds = await medianSeconds(
    {
      int8: () => void int8.topK(query, K),
      float32: () => void float32.topK(query, K),
      reference: () => void topK(query, vectors, DIM, K),
      fewFloat32: repeat(() => fewFloat32.topK(query, K)),
      fewReference: repeat(() => topK(query, few, DIM, K)),
    },
    rounds,
  );
  const quantised = { name: 'int8 with bounds', seconds: seconds.int8 };
  const plain = { name: 'float32', seconds: seconds.float32 };
  const large = `top ${K} of 1,000,000 × ${DIM}`;
  return [
    // At most 0.45 of the time.
    { what: `${large}, both exact`, sides: [quantised, plain], atLeast: 2.23 },
    { what: large, sides: [plain, { name: 'reference', seconds: seconds.reference }], atLeast: 2 },
    {
      what: `top ${K} of 10,000 × ${DIM}`,
      sides: [
        { name: 'float32', seconds: seconds.fewFloat32 },
        { name: 'reference', seconds: seconds.fewReference },
      ],
      atLeast: 3,
    },
  ];
}

/** Rows of normal numbers, each scaled by a length of its own, as trained vectors are: most short, some long. */
function skewedVectors(numItems: number): Float32Array {
  const random = seededRandom(2);
  const vectors = new Float32Array(numItems * DIM);
  for (let row = 0; row < vectors.length; row += DIM) {
    const length = Math.exp(0.5 * gaussian(random));
    for (let d = 0; d < DIM; d++) vectors[row + d] = length * gaussian(random);
  }
  return vectors;
}
