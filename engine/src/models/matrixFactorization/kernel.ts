import { usersOfRows } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { reserveMemory } from '../../kernels/kernelMemory.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { padRows, unpadRows } from '../../kernels/rows.ts';
import { settingsLength, writeSettings } from '../../kernels/settingsBlock.ts';
import { startThreads } from '../../kernels/threads.ts';
import { randomInt, restartableRandom, shuffle } from '../../random/random.ts';
import { finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { MatrixFactorizationOptions } from './index.ts';
import { CHUNK_SIZE, stepSizes } from './training.ts';
import type { MatrixFactorizationState } from './training.ts';

/** The settings of `engine/kernels/matrixFactorization.ts`. */
export const MATRIX_FACTORIZATION_SETTINGS = {
  queue: 'address',
  rows: 'address',
  samples: 'address',
  losses: 'address',
  userVectors: 'address',
  itemVectors: 'address',
  userBiases: 'address',
  itemBiases: 'address',
  globalBias: 'address',
  numRows: 'u32',
  chunkSize: 'u32',
  numItems: 'u32',
  groupSize: 'u32',
  rowBytes: 'u32',
  learningRate: 'f32',
  keep: 'f32',
  keepPerGroup: 'f32',
  scratch: 'address',
  scratchBytes: 'u32',
} as const;

/** {@link trainMatrixFactorization} by `engine/kernels/matrixFactorization.ts`, in single precision and on threads. */
export function trainByKernel(
  kernel: Kernel,
  interactions: Interactions,
  options: MatrixFactorizationOptions,
  context: FitContext,
  state: MatrixFactorizationState,
  upTo: number,
): void {
  const { numUsers, numItems, itemIndices } = interactions;
  const { dim, epochs, negatives } = options;
  const { threads = 1 } = context;
  const numRows = itemIndices.length;
  const stride = 8 * Math.ceil(dim / 8);
  const groupSize = 1 + negatives;
  // Whole cache lines, so that no thread writes where another reads.
  const scratchLength = 16 * Math.ceil((stride + 2 * (groupSize + 3)) / 16);
  const reserved = reserveMemory('matrixFactorization', {
    queue: ['Int32Array', 2],
    settings: settingsLength(MATRIX_FACTORIZATION_SETTINGS),
    rows: ['Int32Array', numRows],
    samples: ['Int32Array', 2 * numRows],
    losses: ['Float64Array', Math.ceil(numRows / CHUNK_SIZE)],
    userVectors: ['Float32Array', numUsers * stride],
    itemVectors: ['Float32Array', numItems * stride],
    userBiases: ['Float32Array', numUsers],
    itemBiases: ['Float32Array', numItems],
    globalBias: ['Float32Array', 1],
    scratch: ['Float32Array', threads * scratchLength],
  });
  const { arrays } = reserved;
  const { items, users, network } = state;
  const { order, seed } = state.random;
  const random = restartableRandom(seed[0]);
  padRows(users.userVectors, dim, arrays.userVectors, stride);
  padRows(items.itemVectors, dim, arrays.itemVectors, stride);
  arrays.userBiases.set(users.userBiases);
  arrays.itemBiases.set(items.itemBiases);
  arrays.globalBias.set(network.globalBias);
  arrays.rows.set(order);
  const userOfRow = usersOfRows(interactions);
  for (let row = 0; row < numRows; row++) {
    arrays.samples[2 * row] = userOfRow[row];
    arrays.samples[2 * row + 1] = itemIndices[row];
  }
  const sizes = {
    numRows,
    chunkSize: CHUNK_SIZE,
    numItems,
    groupSize,
    rowBytes: 4 * stride,
    scratchBytes: 4 * scratchLength,
  };
  const crew = startThreads(kernel, reserved, threads);
  try {
    while (state.epoch < upTo) {
      const epoch = state.epoch + 1;
      shuffle(arrays.rows, random.next);
      const rates = stepSizes(options, epoch);
      writeSettings(arrays.settings, MATRIX_FACTORIZATION_SETTINGS, { ...arrays, ...sizes, ...rates });
      arrays.queue.fill(0);
      crew.run('trainEpoch', arrays.settings.byteOffset, randomInt(random.next, 2 ** 32));
      const loss = arrays.losses.reduce((sum, chunkLoss) => sum + chunkLoss, 0);
      finishEpoch('matrixFactorization', context, { epoch, epochs, loss: loss / (numRows * groupSize) });
      state.epoch = epoch;
    }
  } finally {
    crew.end();
  }
  unpadRows(arrays.userVectors, stride, users.userVectors, dim);
  unpadRows(arrays.itemVectors, stride, items.itemVectors, dim);
  users.userBiases.set(arrays.userBiases);
  items.itemBiases.set(arrays.itemBiases);
  network.globalBias.set(arrays.globalBias);
  order.set(arrays.rows);
  seed[0] = random.seed();
}
