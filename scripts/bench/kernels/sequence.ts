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
 * the reference and against a matrix product; and the encoding of 200 items. The data are drawn by seed.
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
  const seconds = await medianSeconds(
    {
      kernel1: fit(1),
      kernel2: fit(2),
      // Every token takes the reference as long.
      reference: () =>
        (trainedTokens(data) / trainedTokens(few)) *
        OPTIONS.epochs *
        secondsOf(() => fitSequenceReference(few, { ...OPTIONS, epochs: 1 }, { seed: SEED })),
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

function windowLengths({ numUsers, userOffsets }: Interactions): number[] {
  return Array.from({ length: numUsers }, (_, user) => {
    const entries = (userOffsets[user + 1] ?? 0) - (userOffsets[user] ?? 0);
    const windows = Math.max(1, Math.ceil((entries - 1) / OPTIONS.length));
    return new Array<number>(windows).fill(Math.min(OPTIONS.length, entries - 1));
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
