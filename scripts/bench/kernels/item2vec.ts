import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  fitItem2Vec,
  fitItem2VecReference,
  groupByUser,
  seededRandom,
  type Interactions,
  type Item2VecOptions,
} from '@pocketrocket/engine';
import type { KernelBenchOptions } from '../kernels.ts';
import { startPeer } from './peer.ts';
import type { Peer } from './peer.ts';
import { medianSeconds } from './rows.ts';
import type { BenchRow, BenchSide } from './rows.ts';

const OPTIONS: Item2VecOptions = { dim: 64, window: 5, negatives: 5, epochs: 2, learningRate: 0.025 };
const SEED = 1;
const NUM_USERS = 600;
const NUM_ITEMS = 6000;
/** Of the geometric distribution of lengths; as in MovieLens, nobody has fewer than 20. */
const MEAN_LENGTH = 160;
const MIN_LENGTH = 20;

/**
 * item2vec at dim 64, window 5, 5 negatives, on one thread and two: kernel against reference, and both against gensim.
 *
 * The corpus is drawn by seed: about 100,000 tokens in 600 histories, popular items more often.
 */
export async function benchItem2Vec({ rounds }: KernelBenchOptions): Promise<BenchRow[]> {
  const histories = drawHistories();
  const corpus = grouped(histories);
  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-bench-'));
  const peers: (Peer | string)[] = [];
  const startGensim = async (threads: number): Promise<Peer | string> => {
    const file = join(folder, `${threads}.json`);
    await writeFile(file, JSON.stringify({ histories, ...OPTIONS, threads, seed: SEED }));
    const peer = await startPeer('gensimWord2Vec.py', [file]);
    peers.push(peer);
    return peer;
  };
  try {
    const gensim1 = await startGensim(1);
    const gensim2 = await startGensim(2);
    const fit = (threads: number, options: Item2VecOptions) => () =>
      void fitItem2Vec(corpus, options, { seed: SEED, threads });
    // gensim draws negatives for each pair: it is compared with the kernel doing the same.
    const asGensim: Item2VecOptions = { ...OPTIONS, sharedNegatives: false };
    const seconds = await medianSeconds(
      {
        kernel1: fit(1, OPTIONS),
        kernel2: fit(2, OPTIONS),
        exact1: fit(1, asGensim),
        exact2: fit(2, asGensim),
        reference: () => void fitItem2VecReference(corpus, OPTIONS, { seed: SEED }),
        gensim1: typeof gensim1 === 'object' ? () => gensim1.run() : null,
        gensim2: typeof gensim2 === 'object' ? () => gensim2.run() : null,
      },
      rounds,
    );

    const work = { amount: corpus.itemIndices.length * OPTIONS.epochs, unit: 'tokens' };
    const kernel1: BenchSide = { name: 'kernel, 1 thread', seconds: seconds.kernel1 };
    const kernel2: BenchSide = { name: 'kernel, 2 threads', seconds: seconds.kernel2 };
    const exact1: BenchSide = { name: 'kernel, 1 thread', seconds: seconds.exact1 };
    const exact2: BenchSide = { name: 'kernel, 2 threads', seconds: seconds.exact2 };
    const reference: BenchSide = { name: 'reference', seconds: seconds.reference };
    const word2Vec = (name: string, peer: Peer | string, measured: number): BenchSide =>
      typeof peer === 'string' ? { name, notMeasured: peer } : { name, seconds: measured };
    const word2Vec1 = word2Vec('gensim Word2Vec, 1 thread', gensim1, seconds.gensim1);
    const word2Vec2 = word2Vec('gensim Word2Vec, 2 threads', gensim2, seconds.gensim2);
    const what = `item2vec, dim ${OPTIONS.dim}`;
    return [
      { what: `${what}, 1 thread`, work, sides: [kernel1, reference], atLeast: 7 },
      { what: `${what}, 2 threads`, work, sides: [kernel2, kernel1], atLeast: 1.7 },
      { what: `${what}, negatives of each pair, 1 thread`, work, sides: [exact1, word2Vec1], atLeast: 3 },
      { what: `${what}, negatives of each pair, 2 threads`, work, sides: [exact2, word2Vec2], atLeast: 3 },
      { what: `${what}, reference`, work, sides: [reference, word2Vec1], atLeast: 0.3 },
    ];
  } finally {
    for (const peer of peers) if (typeof peer === 'object') await peer.end();
    await rm(folder, { recursive: true, force: true });
  }
}

function drawHistories(): number[][] {
  const random = seededRandom(SEED);
  return Array.from({ length: NUM_USERS }, () => {
    const length = MIN_LENGTH + Math.floor(-Math.log(1 - random()) * (MEAN_LENGTH - MIN_LENGTH));
    return Array.from({ length }, () => Math.floor(NUM_ITEMS * random() * random()));
  });
}

function grouped(histories: readonly (readonly number[])[]): Interactions {
  const itemIndices = Int32Array.from(histories.flat());
  const n = itemIndices.length;
  return groupByUser(
    {
      userIndices: Int32Array.from(histories.flatMap((history, userIndex) => history.map(() => userIndex))),
      itemIndices,
      ratings: new Float32Array(n).fill(4),
      timestamps: Float64Array.from({ length: n }, (_, row) => row),
    },
    NUM_USERS,
    NUM_ITEMS,
  );
}
