import { FitError, checkOptions, finishEpoch } from '../fitting.ts';
import type { FitContext } from '../fitting.ts';
import { usersOfRows } from '../../data/interactions.ts';
import type { Interactions } from '../../data/interactions.ts';
import { reserveMemory } from '../../kernels/kernelMemory.ts';
import { loadKernel } from '../../kernels/loadKernel.ts';
import type { Kernel } from '../../kernels/loadKernel.ts';
import { startThreads } from '../../kernels/threads.ts';
import { gaussian, randomInt, seededRandom, shuffle, streamSeed } from '../../random/random.ts';
import type { Random } from '../../random/random.ts';

// Taken out once: inside a vm context, where tests run, each look-up of the global `Math` is slow.
const { exp, log1p } = Math;

export interface MatrixFactorizationOptions {
  /** Length of the vectors. */
  readonly dim: number;
  readonly epochs: number;
  /** Step size in the first epoch. */
  readonly learningRate: number;
  /** Step size in the last epoch, reached in equal parts; the same throughout where it is left out. */
  readonly finalLearningRate?: number;
  /** Weight of the squared length of what a sample touches: both vectors and all biases; 0 for none. */
  readonly regularization: number;
  /** Items per observed one, drawn anew each epoch, uniformly over the whole catalogue, known ones included. */
  readonly negatives: number;
  /** Standard deviation of the vectors' first entries, 0.1 where it is left out. */
  readonly initialDeviation?: number;
}

/** The score of user u and item i is userVectors[u] · itemVectors[i] + userBiases[u] + itemBiases[i] + globalBias, a logit. */
export interface MatrixFactorization {
  readonly numUsers: number;
  readonly numItems: number;
  readonly dim: number;
  /** [numUsers × dim] row-major; 0 for a user without interactions, who is thus offered what is popular. */
  readonly userVectors: Float32Array;
  /** [numItems × dim] row-major. */
  readonly itemVectors: Float32Array;
  /** [numUsers] */
  readonly userBiases: Float32Array;
  /** [numItems] */
  readonly itemBiases: Float32Array;
  readonly globalBias: number;
}

/** Observed interactions that share one stream of negatives. */
const CHUNK_SIZE = 1024;

/**
 * Learns user and item vectors whose inner product tells observed items from sampled ones, by logistic loss and plain
 * stochastic gradient descent.
 *
 * Source: Rendle et al., "Neural Collaborative Filtering vs. Matrix Factorization Revisited" (RecSys 2020), section 3.
 * Unlike there, an observed interaction and its negatives make one step of the user's vector and of the global bias, all
 * from the values before it, and not one each: the same to first order, and the vector is read once.
 * @throws FitError for options out of range, without interactions, or when the loss is not finite.
 */
export function fitMatrixFactorization(
  interactions: Interactions,
  options: MatrixFactorizationOptions,
  context: FitContext,
): MatrixFactorization {
  const kernel = loadKernel('matrixFactorization');
  return kernel
    ? fitWithKernel(kernel, interactions, options, context)
    : fitMatrixFactorizationReference(interactions, options, context);
}

/** {@link fitMatrixFactorization} in plain TypeScript on one thread: what the kernel is held to, and the fallback. */
export function fitMatrixFactorizationReference(
  interactions: Interactions,
  options: MatrixFactorizationOptions,
  context: FitContext,
): MatrixFactorization {
  checkMatrixFactorization(interactions, options);
  const random = seededRandom(context.seed);
  const model = initialMatrixFactorization(interactions, options, random);
  const { epochs, negatives } = options;
  const { itemIndices } = interactions;
  const userOfRow = usersOfRows(interactions);
  const rows = Int32Array.from(itemIndices.keys());
  const group = new Int32Array(1 + negatives);
  const trainGroup = groupTrainer(model, group.length);
  let globalBias = 0;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    shuffle(rows, random);
    const rates = stepSizes(options, epoch);
    const epochSeed = randomInt(random, 2 ** 32);
    let drawNegative = random;
    let loss = 0;
    for (let place = 0; place < rows.length; place++) {
      if (place % CHUNK_SIZE === 0) drawNegative = seededRandom(streamSeed(epochSeed, place / CHUNK_SIZE));
      const row = rows[place];
      group[0] = itemIndices[row];
      for (let index = 1; index < group.length; index++) {
        group[index] = randomInt(drawNegative, model.numItems);
      }
      const step = trainGroup(userOfRow[row], group, globalBias, rates);
      globalBias = step.globalBias;
      loss += step.loss;
    }
    finishEpoch('matrixFactorization', context, {
      epoch,
      epochs,
      loss: loss / (rows.length * group.length),
    });
  }
  return { ...model, globalBias };
}

function fitWithKernel(
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
  copyRows(initial.userVectors, dim, arrays.userVectors, stride);
  copyRows(initial.itemVectors, dim, arrays.itemVectors, stride);
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
  copyRows(arrays.userVectors, stride, initial.userVectors, dim);
  copyRows(arrays.itemVectors, stride, initial.itemVectors, dim);
  initial.userBiases.set(arrays.userBiases);
  initial.itemBiases.set(arrays.itemBiases);
  return { ...initial, globalBias: arrays.globalBias[0] };
}

/** Copies row by row between arrays whose rows differ in length; of longer rows the beginning. */
function copyRows(
  source: Float32Array,
  sourceStride: number,
  target: Float32Array,
  targetStride: number,
): void {
  const length = Math.min(sourceStride, targetStride);
  const numRows = target.length / targetStride;
  for (let row = 0; row < numRows; row++) {
    target.set(source.subarray(row * sourceStride, row * sourceStride + length), row * targetStride);
  }
}

/**
 * Writes the logits of one user's candidates into `out` (same length).
 * @throws RangeError when the lengths differ.
 */
export function scoreMatrixFactorization(
  model: MatrixFactorization,
  userIndex: number,
  items: Int32Array,
  out: Float32Array,
): void {
  const { dim, userVectors, itemVectors, itemBiases } = model;
  if (items.length !== out.length) {
    throw new RangeError(`matrixFactorization: ${items.length} items, but room for ${out.length} scores`);
  }
  const userRow = userIndex * dim;
  const userBias = model.userBiases[userIndex] + model.globalBias;
  for (let candidate = 0; candidate < items.length; candidate++) {
    const itemIndex = items[candidate];
    let score = userBias + itemBiases[itemIndex];
    for (let d = 0; d < dim; d++) score += userVectors[userRow + d] * itemVectors[itemIndex * dim + d];
    out[candidate] = score;
  }
}

function checkMatrixFactorization({ itemIndices }: Interactions, options: MatrixFactorizationOptions): void {
  checkOptions('matrixFactorization', options, ['dim', 'epochs', 'negatives'], ['learningRate']);
  const { regularization, initialDeviation = 0, finalLearningRate = 0 } = options;
  for (const [name, value] of Object.entries({ regularization, initialDeviation, finalLearningRate })) {
    if (!Number.isFinite(value) || value < 0) {
      throw new FitError(`matrixFactorization: ${name} must be a number of at least 0, not ${value}`);
    }
  }
  if (itemIndices.length === 0) {
    throw new FitError('matrixFactorization: there are no interactions to learn from');
  }
}

function initialMatrixFactorization(
  { numUsers, numItems, userOffsets }: Interactions,
  { dim, initialDeviation = 0.1 }: MatrixFactorizationOptions,
  random: Random,
): Omit<MatrixFactorization, 'globalBias'> {
  const normal = (): number => initialDeviation * gaussian(random);
  const userVectors = new Float32Array(numUsers * dim).map(normal);
  for (let userIndex = 0; userIndex < numUsers; userIndex++) {
    if (userOffsets[userIndex] === userOffsets[userIndex + 1]) {
      userVectors.fill(0, userIndex * dim, (userIndex + 1) * dim);
    }
  }
  return {
    numUsers,
    numItems,
    dim,
    userVectors,
    itemVectors: new Float32Array(numItems * dim).map(normal),
    userBiases: new Float32Array(numUsers),
    itemBiases: new Float32Array(numItems),
  };
}

interface StepSizes {
  readonly learningRate: number;
  /** What regularisation leaves of a value at one sample. */
  readonly keep: number;
  /** The same at an observed interaction with all its negatives, to first order. */
  readonly keepPerGroup: number;
}

function stepSizes(options: MatrixFactorizationOptions, epoch: number): StepSizes {
  const { epochs, negatives, regularization, learningRate: first, finalLearningRate: last = first } = options;
  const learningRate = epochs === 1 ? first : first + ((last - first) * (epoch - 1)) / (epochs - 1);
  const decay = learningRate * regularization;
  return { learningRate, keep: 1 - decay, keepPerGroup: 1 - decay * (1 + negatives) };
}

interface GroupStep {
  globalBias: number;
  /** Sum over the group's samples before the step, in nats. */
  loss: number;
}

/**
 * One gradient step on log σ(y(u, group[0])) + Σ log σ(−y(u, group[1 …])) − ½ λ (squares of what each sample touches),
 * in place. The object returned is the same each time.
 */
function groupTrainer(
  { dim, userVectors, itemVectors, userBiases, itemBiases }: Omit<MatrixFactorization, 'globalBias'>,
  groupSize: number,
) {
  const user = new Float64Array(dim);
  const userGradient = new Float64Array(dim);
  const steps = new Float64Array(groupSize);
  const step: GroupStep = { globalBias: 0, loss: 0 };

  return function trainGroup(
    userIndex: number,
    group: Int32Array,
    globalBias: number,
    { learningRate, keep, keepPerGroup }: StepSizes,
  ): GroupStep {
    const userRow = userIndex * dim;
    const userBias = userBiases[userIndex];
    for (let d = 0; d < dim; d++) {
      user[d] = userVectors[userRow + d];
      userGradient[d] = 0;
    }
    step.loss = 0;
    let sumOfSteps = 0;
    for (let index = 0; index < group.length; index++) {
      const itemRow = group[index] * dim;
      let score = userBias + itemBiases[group[index]] + globalBias;
      for (let d = 0; d < dim; d++) score += user[d] * itemVectors[itemRow + d];
      const margin = index === 0 ? score : -score;
      step.loss += log1p(exp(-margin));
      steps[index] = (index === 0 ? learningRate : -learningRate) / (1 + exp(margin));
      sumOfSteps += steps[index];
    }
    for (let index = 0; index < group.length; index++) {
      const itemRow = group[index] * dim;
      const itemStep = steps[index];
      for (let d = 0; d < dim; d++) {
        const value = itemVectors[itemRow + d];
        userGradient[d] += itemStep * value;
        itemVectors[itemRow + d] = keep * value + itemStep * user[d];
      }
      itemBiases[group[index]] = keep * itemBiases[group[index]] + itemStep;
    }
    for (let d = 0; d < dim; d++) userVectors[userRow + d] = keepPerGroup * user[d] + userGradient[d];
    userBiases[userIndex] = keepPerGroup * userBias + sumOfSteps;
    step.globalBias = keepPerGroup * globalBias + sumOfSteps;
    return step;
  };
}
