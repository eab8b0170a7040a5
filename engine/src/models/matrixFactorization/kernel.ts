import { usersOfRows } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { reserveMemory } from '../../kernels/kernelMemory.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { padRows, unpadRows } from '../../kernels/rows.ts';
import { startThreads } from '../../kernels/threads.ts';
import { randomInt, seededRandom, shuffle } from '../../random/random.ts';
import { finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import type { MatrixFactorization, MatrixFactorizationOptions } from './index.ts';
import { CHUNK_SIZE, checkMatrixFactorization, initialMatrixFactorization, stepSizes } from './training.ts';

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
    block: ['Uint32Array', 16],
    rates: ['Float32Array', 3],
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
  arrays.block.set([
    ...[arrays.rows, arrays.samples, arrays.losses].map(({ byteOffset }) => byteOffset),
    ...[arrays.userVectors, arrays.itemVectors].map(({ byteOffset }) => byteOffset),
    ...[arrays.userBiases, arrays.itemBiases, arrays.globalBias].map(({ byteOffset }) => byteOffset),
    ...[numRows, CHUNK_SIZE, numItems, groupSize, 4 * stride],
    ...[arrays.rates.byteOffset, arrays.scratch.byteOffset, 4 * scratchLength],
  ]);
  const crew = startThreads(kernel, reserved, threads);
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      shuffle(arrays.rows, random);
      const { learningRate, keep, keepPerGroup } = stepSizes(options, epoch);
      arrays.rates.set([learningRate, keep, keepPerGroup]);
      arrays.queue.fill(0);
      crew.run('trainEpoch', arrays.queue.byteOffset, arrays.block.byteOffset, randomInt(random, 2 ** 32));
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
