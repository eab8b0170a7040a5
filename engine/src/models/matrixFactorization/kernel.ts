import { usersOfRows } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { reserveMemory } from '../../kernels/kernelMemory.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { padRows, unpadRows } from '../../kernels/rows.ts';
import { settingsLength, writeSettings } from '../../kernels/settingsBlock.ts';
import { startThreads } from '../../kernels/threads.ts';
import { randomInt, seededRandom, shuffle } from '../../random/random.ts';
import { finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { MatrixFactorization, MatrixFactorizationOptions } from './index.ts';
import { CHUNK_SIZE, checkMatrixFactorization, initialMatrixFactorization, stepSizes } from './training.ts';

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

/** {@link fitMatrixFactorizationReference} by `engine/kernels/matrixFactorization.ts`, in single precision and on threads. */
export function fitMatrixFactorizationKernel(
  kernel: Kernel,
  interactions: Interactions,
  options: MatrixFactorizationOptions,
  context: FitContext,
): MatrixFactorization {
  checkMatrixFactorization(interactions, options);
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
  const random = seededRandom(context.seed);
  const initial = initialMatrixFactorization(interactions, options, random);
  padRows(initial.userVectors, dim, arrays.userVectors, stride);
  padRows(initial.itemVectors, dim, arrays.itemVectors, stride);
  const userOfRow = usersOfRows(interactions);
  for (let row = 0; row < numRows; row++) {
    arrays.rows[row] = row;
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
    for (let epoch = 1; epoch <= epochs; epoch++) {
      shuffle(arrays.rows, random);
      const rates = stepSizes(options, epoch);
      writeSettings(arrays.settings, MATRIX_FACTORIZATION_SETTINGS, { ...arrays, ...sizes, ...rates });
      arrays.queue.fill(0);
      crew.run('trainEpoch', arrays.settings.byteOffset, randomInt(random, 2 ** 32));
      const loss = arrays.losses.reduce((sum, chunkLoss) => sum + chunkLoss, 0);
      finishEpoch('matrixFactorization', context, { epoch, epochs, loss: loss / (numRows * groupSize) });
    }
  } finally {
    crew.end();
  }
  unpadRows(arrays.userVectors, stride, initial.userVectors, dim);
  unpadRows(arrays.itemVectors, stride, initial.itemVectors, dim);
  initial.userBiases.set(arrays.userBiases);
  initial.itemBiases.set(arrays.itemBiases);
  return { ...initial, globalBias: arrays.globalBias[0] };
}
