import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  encodeSequence,
  encodeSequenceReference,
  fitSequence,
  fitSequenceReference,
  gaussian,
  groupByUser,
  multiplyOnThreads,
  seededRandom,
  type Interactions,
  type SequenceOptions,
} from '@pocketrocket/engine';
import type { KernelBenchOptions } from '../kernels.ts';
import { startPeer } from './peer.ts';
import type { Peer } from './peer.ts';
import { medianSeconds } from './rows.ts';
import type { BenchRow, BenchSide } from './rows.ts';

const OPTIONS: SequenceOptions = {
  dim: 64,
  length: 200,
  blocks: 2,
  heads: 1,
  hiddenDim: 64,
  epochs: 2,
  learningRate: 0.001,
  batchSize: 32,
  negatives: 256,
  dropout: 0.2,
  loss: 'softmax',
  gaps: true,
  ratings: true,
  crops: true,
  averaging: 0.99,
};
const SEED = 1;
const NUM_USERS = 300;
const NUM_ITEMS = 4000;
const MEAN_LENGTH = 120;
const MIN_LENGTH = 20;
/** Rows and columns of the matrices whose product is the measure. */
const SIDE = 512;
const ENCODINGS = 20;

/**
 * The sequence model at width 64, two blocks, windows of 200 items and 256 negatives: training on one thread and two, against
 * the reference, against a matrix product, and against JAX with all windows padded to 200 items and with windows of a length
 * together; and the encoding of 200 items. The data are drawn by seed, and a token is one that has a target.
 */
export async function benchSequence({ rounds }: KernelBenchOptions): Promise<BenchRow[]> {
  const data = drawHistories();
  const fit = (threads: number) => () => void fitSequence(data, OPTIONS, { seed: SEED, threads });
  const few = firstUsers(data, 6);
  const model = fitSequence(few, { ...OPTIONS, epochs: 1 }, { seed: SEED });
  const random = seededRandom(SEED);
  const { dim, length } = OPTIONS;
  const square = Float32Array.from({ length: SIDE ** 2 }, () => gaussian(random));
  const history = { items: Int32Array.from({ length }, (_, t) => (7 * t) % NUM_ITEMS) };
  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-bench-'));
  const peers: (Peer | string)[] = [];
  const startJax = async (isBucketed: boolean): Promise<Peer | string> => {
    const file = join(folder, `${isBucketed}.json`);
    const sizes = { numItems: NUM_ITEMS, threads: 2, seed: SEED };
    await writeFile(
      file,
      JSON.stringify({ ...OPTIONS, ...sizes, windows: windowsOf(data), bucketed: isBucketed }),
    );
    const peer = await startPeer('jaxSASRec.py', [file]);
    peers.push(peer);
    return peer;
  };
  try {
    const padded = await startJax(false);
    const bucketed = await startJax(true);
    const seconds = await medianSeconds(
      {
        kernel1: fit(1),
        kernel2: fit(2),
        // Every token takes the reference as long.
        reference: () =>
          (trainedTokens(data) / trainedTokens(few)) *
          OPTIONS.epochs *
          secondsOf(() => fitSequenceReference(few, { ...OPTIONS, epochs: 1 }, { seed: SEED })),
        jaxPadded: typeof padded === 'object' ? () => padded.run() : null,
        jaxBucketed: typeof bucketed === 'object' ? () => bucketed.run() : null,
        product: () => void multiplyOnThreads(square, square, SIDE, SIDE, SIDE, 1),
        encoding: () =>
          secondsOf(() => {
            for (let time = 0; time < ENCODINGS; time++) encodeSequence(model, history);
          }) / ENCODINGS,
        encodingReference: () => secondsOf(() => encodeSequenceReference(model, history)),
      },
      rounds,
    );
    const tokens = { amount: trainedTokens(data) * OPTIONS.epochs, unit: 'tokens' };
    const kernel1: BenchSide = { name: 'kernel, 1 thread', seconds: seconds.kernel1 };
    const kernel2: BenchSide = { name: 'kernel, 2 threads', seconds: seconds.kernel2 };
    const operations = { amount: (operationsOf(data) * OPTIONS.epochs) / 1e6, unit: 'Mflop' };
    // As long as so many operations take in a matrix product.
    const asProduct = (operationsOf(data) * OPTIONS.epochs * seconds.product) / (2 * SIDE ** 3);
    const what = `sequence, dim ${dim}, ${OPTIONS.blocks} blocks, length ${length}`;
    return [
      {
        what: `${what}, 1 thread`,
        work: tokens,
        sides: [kernel1, { name: 'reference', seconds: seconds.reference }],
        atLeast: 10,
      },
      { what: `${what}, 2 threads`, work: tokens, sides: [kernel2, kernel1], atLeast: 1.75 },
      {
        what: `${what}, 2 threads, all windows padded by JAX`,
        work: tokens,
        sides: [kernel2, jaxSide('JAX, 2 threads, padded', padded, seconds.jaxPadded)],
        atLeast: 1.5,
      },
      {
        what: `${what}, 2 threads, windows of a length together in JAX`,
        work: tokens,
        sides: [kernel2, jaxSide('JAX, 2 threads, bucketed', bucketed, seconds.jaxBucketed)],
        atLeast: 0.8,
      },
      {
        what: `${what}, 1 thread, against the product of ${SIDE} × ${SIDE}`,
        work: operations,
        sides: [kernel1, { name: 'product', seconds: asProduct }],
        atLeast: 0.6,
      },
      {
        what: `sequence, ${length} items encoded in under 4 ms`,
        sides: [
          { name: 'kernel', seconds: seconds.encoding },
          { name: 'reference', seconds: seconds.encodingReference },
        ],
        atLeast: 10,
      },
    ];
  } finally {
    for (const peer of peers) if (typeof peer === 'object') await peer.end();
    await rm(folder, { recursive: true, force: true });
  }
}

function jaxSide(name: string, peer: Peer | string, seconds: number): BenchSide {
  return typeof peer === 'string' ? { name, notMeasured: peer } : { name, seconds };
}

function secondsOf(action: () => unknown): number {
  const started = performance.now();
  action();
  return (performance.now() - started) / 1000;
}

/** Tokens with a target, an epoch. */
function trainedTokens(data: Interactions): number {
  return windowLengths(data).reduce((sum, length) => sum + length, 0);
}

function windowLengths(data: Interactions): number[] {
  return windowsOf(data).map((window) => window.length - 1);
}

/** Items of windows as an epoch trains them, of which the last one is a target only. */
function windowsOf({ numUsers, userOffsets, itemIndices }: Interactions): number[][] {
  return Array.from({ length: numUsers }, (_, user) => {
    const [start = 0, end = 0] = [userOffsets[user], userOffsets[user + 1]];
    const tokens = Math.min(OPTIONS.length, end - start - 1);
    const windows = Math.max(1, Math.ceil((end - start - 1) / OPTIONS.length));
    return Array.from({ length: windows }, (__, window) => {
      const first = Math.min(start + window * OPTIONS.length, end - 1 - tokens);
      return Array.from(itemIndices.subarray(first, first + tokens + 1));
    });
  }).flat();
}

/**
 * Floating-point operations of an epoch's matrix products, forward and twice that back: per token those of the layers and of
 * the negatives, and half of what looks at all tokens of its window would take, since they go back only.
 */
function operationsOf(data: Interactions): number {
  const { dim, hiddenDim, blocks, negatives } = OPTIONS;
  const layers = 2 * blocks * (4 * dim ** 2 + 2 * dim * hiddenDim) + 2 * dim * negatives;
  return windowLengths(data).reduce((sum, n) => sum + 3 * n * (layers + 2 * blocks * dim * n), 0);
}

function drawHistories(): Interactions {
  const random = seededRandom(SEED);
  const lengths = Array.from(
    { length: NUM_USERS },
    () => MIN_LENGTH + Math.floor(-Math.log(1 - random()) * (MEAN_LENGTH - MIN_LENGTH)),
  );
  const users = lengths.flatMap((length, user) => new Array<number>(length).fill(user));
  return groupByUser(
    {
      userIndices: Int32Array.from(users),
      itemIndices: Int32Array.from(users, () => Math.floor(NUM_ITEMS * random() ** 2)),
      ratings: Float32Array.from(users, () => Math.ceil(10 * random()) / 2),
      timestamps: Float64Array.from(users, (_, row) => 100 * row),
    },
    NUM_USERS,
    NUM_ITEMS,
  );
}

function firstUsers(data: Interactions, numUsers: number): Interactions {
  const end = data.userOffsets[numUsers];
  return {
    ...data,
    numUsers,
    userOffsets: data.userOffsets.slice(0, numUsers + 1),
    itemIndices: data.itemIndices.slice(0, end),
    ratings: data.ratings.slice(0, end),
    timestamps: data.timestamps.slice(0, end),
  };
}
